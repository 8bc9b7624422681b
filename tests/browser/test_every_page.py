"""Every page that a link leads to, wide and narrow: axe finds nothing, nothing is wider than the screen.

The demo is seeded and controlled once and one test walks through all pages, since each test begins with an
empty database.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page
from tests.browser.conftest import NARROW, WIDE
from tests.web.crawl import pages

from pakten.accounts.models import Role, User
from pakten.checks.services.runs import start

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def controlled(settings, tmp_path: Path) -> None:
    """The demo, after a control of the whole network."""
    settings.DEMO = True
    settings.LIST_STORE = tmp_path
    call_command("demo", verbosity=0)
    start(actor=User.objects.filter(role_assignments__role=Role.CASE_OFFICER).first())
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)


def test_every_page(
    controlled: None, signed_in: Callable[..., Page], check_axe: Callable[[Page], None]
) -> None:
    seen: set[str] = set()
    faults: list[str] = []
    for role in (Role.CASE_OFFICER, Role.ADMINISTRATOR, Role.MEMBER_CONTACT):
        wide = signed_in(role, width=WIDE)
        narrow = signed_in(role, width=NARROW, color_scheme="dark")

        def get(address: str, wide: Page = wide, narrow: Page = narrow) -> str | None:
            if not is_page(wide, address):
                return None
            if address in seen:
                wide.goto(address)
                return wide.content()
            seen.add(address)
            faults.extend(look(narrow, address, check_axe))
            faults.extend(look(wide, address, check_axe))
            return wide.content()

        list(pages(get, samples=1))
    assert len(seen) > 15
    assert not faults, "\n\n".join(faults)


def is_page(page: Page, address: str) -> bool:
    """Whether the address answers with HTML: the browser would keep anything else as a file."""
    return "text/html" in page.context.request.get(address).headers.get("content-type", "")


def look(page: Page, address: str, check_axe: Callable[[Page], None]) -> list[str]:
    """Open the page and say what is wrong with it."""
    page.goto(address)
    faults = []
    width = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    if width[0] > width[1]:
        faults.append(f"{address} is {width[0]} wide on a screen of {width[1]}")
    try:
        check_axe(page)
    except AssertionError as found:
        faults.append(str(found))
    return faults
