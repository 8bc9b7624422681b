"""A refusal with a second person in a real browser, the report to the board, and a conflict of interest."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.people import person
from tests.web.decisions import made
from tests.web.records import diary

from pakten.accounts.models import Role
from pakten.decisions import services
from pakten.decisions.models import Decision

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]


def fits(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@pytest.mark.parametrize("width", [1280, 390])
def test_a_second_person_agrees_and_the_board_is_told(
    signed_in: Callable[..., Page],
    check_axe: Check,
    check_keyboard: Check,
    screenshot: Callable[..., Path],
    width: int,
) -> None:
    """L-01, L-02: a reasoned refusal, looked at by another person, in the next report."""
    made.refused(subject_label="Västervågens Handel AB")
    director = signed_in(Role.DIRECTOR, width=width)
    director.goto("/")
    director.get_by_role("link", name="1 beslut väntar på en andra person").click()
    director.get_by_role("link", name="Västervågens Handel AB").click()
    check_axe(director)
    check_keyboard(director)
    fits(director)
    screenshot(director, f"beslut-andra-person-{width}")
    director.get_by_role("button", name="Håll med").click()
    expect(director.get_by_text("Beslutet gäller nu")).to_be_visible()
    check_axe(director)

    record = Decision.objects.get().record
    assert record is not None
    secretary = signed_in(Role.BOARD_SECRETARY, width=width)
    secretary.goto("/")
    secretary.get_by_role("link", name="1 delegationsbeslut att anmäla").click()
    expect(secretary.get_by_role("link", name=record.number)).to_be_visible()
    check_axe(secretary)
    fits(secretary)
    secretary.get_by_label("Sammanträdets datum").fill("2026-12-15")
    secretary.get_by_role("button", name="Registrera anmälan").click()
    expect(secretary.get_by_text("Anmälan är registrerad som")).to_be_visible()
    check_axe(secretary)
    fits(secretary)


def test_who_declares_a_conflict_is_shut_out(signed_in: Callable[..., Page], check_axe: Check) -> None:
    """L-17."""
    record = diary.received("Brev om båtplatser")
    page = signed_in(Role.CASE_OFFICER, width=390)
    page.goto(f"/diarium/arende/{record.case_id}/")
    page.get_by_text("Anmäl jäv", exact=True).first.click()
    page.get_by_label("Vad består jävet i?").fill("Min bror sitter i styrelsen.")
    check_axe(page)
    page.get_by_role("button", name="Anmäl jäv").click()
    expect(page.get_by_text("är nu stängt för dig")).to_be_visible()
    check_axe(page)
    fits(page)
    expect(page.get_by_role("link", name=record.number)).to_have_count(0)
    answer = page.request.get(f"/diarium/handling/{record.pk}/")
    assert answer.status == 403
    assert "Du har anmält jäv i ärendet" in answer.text()


def test_every_page_of_decisions_passes_axe_and_fits_in_the_dark(
    signed_in: Callable[..., Page], check_axe: Check
) -> None:
    name = "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft AB"
    waiting, done = made.refused(subject_label=name), made.agreed(subject_label=name)
    back = made.refused(prepared_by=person(Role.REGISTRAR))
    services.send_back(back, "Fråga en gång till. " * 20, actor=person(Role.DIRECTOR), expected_version=1)
    diary.conflict(done.case, user=person(Role.REGISTRAR))
    item = made.item()
    page = signed_in(Role.DIRECTOR, width=390, color_scheme="dark")
    for address in (
        "/", "/beslut/", "/beslut/?till=2001-01-01", f"/beslut/{waiting.public_id}/",
        f"/beslut/{done.public_id}/", f"/beslut/{back.public_id}/", "/beslut/delegation/",
        "/beslut/delegation/ny/", f"/beslut/delegation/punkt/{item.pk}/avsluta/",
        "/beslut/delegation/regel/membership_refuse/", f"/diarium/arende/{done.case_id}/",
    ):  # fmt: skip
        page.goto(address)
        check_axe(page)
        fits(page)
