"""An application in a real browser: the presses are counted, and two browsers meet on one page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.web.members.handling import desk

from pakten.accounts.models import Role
from pakten.checks.basic.items import LISTS, item_of
from pakten.checks.models import BasicState
from pakten.checks.queries.basic import basic_of
from pakten.checks.services.basic_lists import compare
from pakten.members.models import Application, ApplicationState

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize("width", [1280, 390])
MOST_PRESSES = 12


class Finger:
    """Counts what it presses."""

    def __init__(self) -> None:
        self.presses = 0

    def press(self, target: Locator) -> None:
        self.presses += 1
        target.click()


def fits(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@WIDTHS
def test_a_clean_case_takes_the_officer_at_most_twelve_presses(
    signed_in: Callable[..., Page], check_axe: Check, screenshot: Callable[..., Path], width: int
) -> None:
    application = desk.sent("Föreningen Långbordet")
    officer, finger = signed_in(Role.CASE_OFFICER, width=width), Finger()
    officer.goto("/ansokningar/")
    finger.presses += 1  # the menu's link to the inbox
    check_axe(officer)
    fits(officer)
    finger.press(officer.get_by_role("link", name="Föreningen Långbordet"))
    check_axe(officer)
    finger.press(officer.get_by_role("button", name="Ta ärendet och börja kontrollera"))
    control = basic_of(Application.objects.get(pk=application.pk), state=BasicState.OPEN)
    assert control is not None
    compare(control.pk)  # what the worker does meanwhile
    officer.reload()
    check_axe(officer)
    fits(officer)
    for row in control.items.filter(result="").exclude(slug=LISTS):
        finger.press(officer.locator(f"#punkt-{row.slug}").get_by_text("Inget att anmärka").first)
        if item_of(row.slug).tell:
            note = officer.locator(f"#punkt-{row.slug}").get_by_label("Vad såg du?")
            note.fill("Sidan beskriver verksamheten som i ansökan.")
    finger.press(officer.get_by_role("button", name="Slutför kontrollen"))
    expect(officer.get_by_text("Kontrollen är klar")).to_be_visible()
    finger.press(officer.get_by_role("button", name="Föreslå beslutet"))
    expect(officer.get_by_text("Förslaget är lämnat")).to_be_visible()
    check_axe(officer)
    fits(officer)
    assert finger.presses <= MOST_PRESSES, finger.presses

    manager = signed_in(Role.MANAGER, width=width)
    manager.goto("/")
    manager.get_by_role("link", name="1 förslag att besluta").click()
    manager.get_by_role("link", name="Föreningen Långbordet").click()
    check_axe(manager)
    fits(manager)
    manager.get_by_role("button", name="Fatta beslutet").click()
    expect(manager.get_by_text("Beslutet gäller och beskedet är på väg.")).to_be_visible()
    check_axe(manager)
    manager.goto("/medlemsforteckning/")
    expect(manager.get_by_text("Föreningen Långbordet")).to_be_visible()
    check_axe(manager)
    fits(manager)
    if width == 1280:
        officer.goto("/ansokningar/?lage=alla")
        screenshot(officer, "ansokningar")


def test_of_two_browsers_with_the_same_application_one_wins_and_the_other_is_told(
    signed_in: Callable[..., Page],
) -> None:
    application = desk.sent()
    first, second = signed_in(Role.CASE_OFFICER), signed_in(Role.MANAGER)
    for page in (first, second):
        page.goto(f"/ansokningar/{application.public_id}/")
    for page in (first, second):
        page.get_by_role("button", name="Ta ärendet och börja kontrollera").click()
    expect(first.get_by_text("Kontrollen har börjat.")).to_be_visible()
    expect(second.get_by_text("Kontrollen har redan börjat.")).to_be_visible()
    expect(second.get_by_text("Hanna Handläggarsson").first).to_be_visible()
    found = desk.fresh(application)
    assert (found.state, found.handler) == (ApplicationState.IN_CONTROL, desk.officer())


def test_filters_are_saved_shared_and_taken_away(signed_in: Callable[..., Page], check_axe: Check) -> None:
    desk.sent("Föreningen Långbordet")
    officer = signed_in(Role.CASE_OFFICER)
    officer.goto("/ansokningar/?sektor=civil&boll=ingen")
    officer.get_by_text("Spara filtret").click()
    officer.get_by_label("Namn", exact=True).fill("Nya föreningar")
    officer.get_by_label("Dela med kollegor").check()
    check_axe(officer)
    officer.get_by_role("button", name="Spara", exact=True).click()
    expect(officer.get_by_role("link", name="Nya föreningar")).to_be_visible()
    manager = signed_in(Role.MANAGER)
    manager.goto("/ansokningar/")
    manager.get_by_role("link", name="Nya föreningar").click()
    expect(manager.get_by_role("link", name="Föreningen Långbordet")).to_be_visible()
    check_axe(manager)
    officer.get_by_role("button", name="Ta bort filtret Nya föreningar").click()
    expect(officer.get_by_role("link", name="Nya föreningar")).to_have_count(0)
