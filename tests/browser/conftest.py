"""A real browser on a real server: signing in, pictures, and the two checks that every page must pass.

``signed_in(role)`` opens a page as the person with that role, ``check_axe(page)`` and
``check_keyboard(page)`` fail with what is wrong, ``screenshot(page, name)`` keeps a picture. The content
security policy is in force, and what the console complains of fails the test.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from tests import servers
from tests.browser.keyboard import faults_with_keyboard
from tests.emptying import log_may_be_emptied
from tests.people import person, sign_in

from pakten.accounts.models import Role

WIDE, NARROW = 1280, 390
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "img"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# WCAG 2.2 AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(autouse=True, scope="session")
def _emptying_the_log() -> Iterator[None]:
    with log_may_be_emptied():
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once for each module of tests."""
    if reason := servers.no_browser_because():
        pytest.skip(f"skipped: {reason}")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=servers.chromium(), args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Makes pages: ``open_page(width=390, color_scheme="dark", java_script_enabled=False, ...)``.

    Addresses are relative to the live server. Complaints of the console and foreign requests fail the test.
    """
    contexts, complaints = [], []

    def make(*, width: int = WIDE, **options: Any) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": 900}, locale="sv-SE", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note_error(message, page, complaints=complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: _note_foreign(asked.url, live_server.url, complaints))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A visitor's page, 1280 wide."""
    return open_page()


@pytest.fixture
def signed_in(open_page: Callable[..., Page], live_server: Any) -> Callable[..., Page]:
    """``signed_in(role, width=..., ...)``: a page of the person with this role, signed in already."""

    def make(role: Role, **options: Any) -> Page:
        client = Client()
        sign_in(client, person(role))
        page = open_page(**options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
        return page

    return make


@pytest.fixture
def check_axe() -> Callable[[Page], None]:
    """Fails with axe-core's report when the page breaks one of its rules."""

    def check(page: Page) -> None:
        options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": RULES}}
        found = Axe().run(page, options=options)
        assert not found.violations_count, f"{page.url}\n{found.generate_report()}"

    return check


@pytest.fixture
def check_keyboard() -> Callable[[Page], None]:
    """Fails with what the Tab key does not reach, or reaches without showing it."""

    def check(page: Page) -> None:
        assert not (faults := faults_with_keyboard(page)), f"{page.url}\n" + "\n".join(faults)

    return check


@pytest.fixture
def screenshot(tmp_path: Path) -> Callable[..., Path]:
    """``screenshot(page, "kontroll")`` gives a path; in docs/img where PAKTEN_SCREENSHOTS is 1."""
    folder = PICTURES if os.environ.get("PAKTEN_SCREENSHOTS") == "1" else tmp_path

    def take(page: Page, name: str, *, full_page: bool = True) -> Path:
        path = folder / f"{name}.png"
        page.screenshot(path=path, full_page=full_page, animations="disabled")
        return path

    return take


def _note_error(message: ConsoleMessage, page: Page, *, complaints: list[str]) -> None:
    # A page that says that there is nothing here answers 404, and is well made all the same.
    own_404 = "status of 404" in message.text and message.location["url"] == page.url
    if message.type == "error" and not own_404:
        complaints.append(message.text)


def _note_foreign(asked: str, ours: str, complaints: list[str]) -> None:
    if not asked.startswith((f"{ours}/", "data:", "blob:")):
        complaints.append(f"a request to another place: {asked}")
