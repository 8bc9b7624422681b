"""A member's contact in the own file, and the officer at the other end: wide, narrow, keyboard, axe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.people import person
from tests.web.members.own_file import correspondence

from pakten.accounts.models import Role
from pakten.organisations.models import Organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[..., Any]
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def fits(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@WIDTHS
def test_a_contact_corrects_a_fact_and_the_officer_adopts_it(
    signed_in: Callable[..., Page],
    check_axe: Check,
    screenshot: Callable[..., Path],
    width: int,
) -> None:
    row = correspondence.contact_as(person(Role.MEMBER_CONTACT), email="kim@example.se")
    kim = signed_in(Role.MEMBER_CONTACT, width=width)
    kim.goto("/")
    expect(kim.get_by_text("Ni är medlem sedan den 1 mars 2020.")).to_be_visible()
    check_axe(kim)
    fits(kim)
    kim.get_by_role("link", name="Det här vet staden om er").click()
    check_axe(kim)
    fits(kim)
    if width == 1280:
        screenshot(kim, "min-organisation")
    kim.get_by_role("link", name="Rätta namn: Norrskenets Åkeri AB").click()
    kim.get_by_label("Så ska det stå").fill("Norrskenets Åkeri i Kiruna AB")
    check_axe(kim)
    fits(kim)
    kim.get_by_role("button", name="Skicka rättelsen").click()
    expect(kim.get_by_text("Det är registrerat som")).to_be_visible()
    check_axe(kim)
    fits(kim)

    hanna = signed_in(Role.CASE_OFFICER, width=width)
    hanna.goto("/")
    hanna.get_by_role("link", name="1 meddelande från en medlem att svara på").click()
    check_axe(hanna)
    fits(hanna)
    hanna.get_by_role("link", name="Norrskenets Åkeri AB").click()
    check_axe(hanna)
    fits(hanna)
    hanna.get_by_label("För in värdet nu").check()
    hanna.get_by_role("button", name="Avgör").click()
    expect(hanna.get_by_text("Medlemmen har fått besked")).to_be_visible()
    kim.reload()
    expect(kim.get_by_text("Vi har rättat uppgiften (Namn).")).to_be_visible()
    assert Organisation.objects.get(pk=row.organisation_id).legal_name == "Norrskenets Åkeri i Kiruna AB"


def test_a_message_is_written_with_the_keyboard(
    signed_in: Callable[..., Page], check_keyboard: Check
) -> None:
    row = correspondence.contact_as(person(Role.MEMBER_CONTACT))
    page = signed_in(Role.MEMBER_CONTACT)
    page.goto(f"/min-organisation/{row.organisation.public_id}/meddelanden/")
    check_keyboard(page)
    page.get_by_label("Meddelande").focus()
    page.keyboard.type("Hej!")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Vi har tagit emot ditt meddelande.")).to_be_visible()
