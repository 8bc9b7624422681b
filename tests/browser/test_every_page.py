"""Every page that a link leads to, wide and narrow: axe finds nothing, nothing is wider than the screen.

The demo is seeded and controlled once and one test walks through all pages, since each test begins with an
empty database.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Literal

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
        page = signed_in(role)

        def get(address: str, page: Page = page) -> str | None:
            answer = page.context.request.get(address)
            # The browser would keep anything else as a file.
            if "text/html" not in answer.headers.get("content-type", ""):
                return None
            if address not in seen:
                seen.add(address)
                page.goto(address)
                faults.extend(look(page, check_axe, width=WIDE, colours="light"))
                faults.extend(look(page, check_axe, width=NARROW, colours="dark"))
            return answer.text()

        list(pages(get, samples=1))
    assert len(seen) > 15
    assert not faults, "\n\n".join(faults)


def look(
    page: Page, check_axe: Callable[[Page], None], *, width: int, colours: Literal["light", "dark"]
) -> list[str]:
    """Say what is wrong with the page at this width and in these colours."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=colours)
    # Colours fade into each other; what is measured half way is neither.
    page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
    faults = []
    needed, given = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    if needed > given:
        faults.append(f"{page.url} is {needed} wide on a screen of {given}")
    try:
        check_axe(page)
    except AssertionError as found:
        faults.append(f"{width}, {colours}: {found}")
    return faults
