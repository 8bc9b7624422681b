"""The diary in a real browser: a visitor asks, the registrar answers; an officer's draft becomes a record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.people import person
from tests.web.records import diary

from pakten.accounts.models import Role
from pakten.records import services
from pakten.records.models import RecordRequest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def fits(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@WIDTHS
def test_a_visitor_asks_for_a_record_without_saying_who_and_the_registrar_answers(
    open_page: Callable[..., Page],
    signed_in: Callable[..., Page],
    check_axe: Check,
    screenshot: Callable[..., Path],
    width: int,
) -> None:
    record = diary.received("Avtal om lokaler för språkcafé", "Snödroppens Bageri AB", files=[diary.paper()])
    visitor = open_page(width=width)
    visitor.goto("/oppet-diarium/")
    expect(visitor.get_by_text("Snödroppens Bageri AB")).to_be_visible()
    check_axe(visitor)
    fits(visitor)
    visitor.get_by_role("link", name=f"Begär handling {record.number}").click()
    expect(visitor.get_by_label("Vilken handling vill du se?")).to_have_value(f"Handling {record.number}")
    check_axe(visitor)
    fits(visitor)
    visitor.get_by_role("button", name="Skicka begäran").click()
    expect(visitor.get_by_role("heading", name="Vi har tagit emot din begäran")).to_be_visible()
    check_axe(visitor)
    fits(visitor)

    registrar = signed_in(Role.REGISTRAR, width=width)
    registrar.goto("/")
    registrar.get_by_role("link", name="1 begäran om handling väntar på svar").click()
    check_axe(registrar)
    fits(registrar)
    registrar.get_by_role("link", name=RecordRequest.objects.get().record.number).click()
    check_axe(registrar)
    registrar.get_by_label("Lämnades ut", exact=True).check()
    registrar.get_by_label("Vilka handlingar?").fill(record.number)
    registrar.get_by_label("Sekretessprövning").fill("Avtalet har inga uppgifter som behöver skyddas.")
    registrar.get_by_label("Tid i minuter").fill("15")
    registrar.get_by_role("button", name="Registrera svaret").click()
    expect(registrar.get_by_text("Svaret är registrerat som")).to_be_visible()
    check_axe(registrar)
    fits(registrar)
    visitor.reload()
    expect(visitor.get_by_text("Vi har svarat: lämnades ut.")).to_be_visible()
    if width == 1280:
        registrar.goto("/diarium/")
        screenshot(registrar, "diarium")


@WIDTHS
def test_an_officers_draft_becomes_a_record_and_gets_a_mark(
    signed_in: Callable[..., Page], open_page: Callable[..., Page], check_axe: Check, width: int
) -> None:
    case = diary.received("Erbjudande om mentorer", "Snödroppens Bageri AB").case
    officer = signed_in(Role.CASE_OFFICER, width=width)
    officer.goto(f"/diarium/arende/{case.pk}/")
    officer.get_by_role("link", name="Nytt utkast").click()
    officer.get_by_label("Vad handlar den om, i korthet?").fill("Tack för erbjudandet")
    officer.get_by_label("Till vem?").fill("Snödroppens Bageri AB")
    check_axe(officer)
    fits(officer)
    officer.get_by_role("button", name="Spara utkastet").click()
    expect(officer.get_by_role("heading", name="Gör utkastet till handling")).to_be_visible()
    check_axe(officer)
    fits(officer)
    visitor = open_page()
    visitor.goto("/oppet-diarium/")
    expect(visitor.get_by_text("Tack för erbjudandet")).to_have_count(0)
    officer.get_by_role("button", name="Registrera som skickad").click()
    expect(officer.get_by_text("Handlingen är expedierad")).to_be_visible()
    officer.get_by_text("Föreslå sekretessmarkering").click()
    officer.get_by_label("Bestämmelse").fill("OSL 28:12")
    officer.get_by_label("Varför?").fill("Villkoren är affärshemliga.")
    check_axe(officer)
    officer.get_by_role("button", name="Föreslå", exact=True).click()
    expect(officer.get_by_text("Det öppna diariet visar redan nu mindre.")).to_be_visible()
    check_axe(officer)
    fits(officer)
    visitor.reload()
    expect(visitor.get_by_text("Tack för erbjudandet")).to_be_visible()
    expect(visitor.get_by_text("Snödroppens")).to_have_count(0)


def test_a_paper_is_registered_with_the_keyboard(
    signed_in: Callable[..., Page], check_axe: Check, check_keyboard: Check, tmp_path: Path
) -> None:
    path = tmp_path / "brev.pdf"
    path.write_bytes(diary.PDF)
    page = signed_in(Role.REGISTRAR)
    page.goto("/diarium/registrera/")
    check_keyboard(page)
    page.get_by_label("Filer").set_input_files(path)
    page.get_by_label("Från vem?").fill("Föreningen Långbordet")
    page.get_by_label("Vad handlar den om, i korthet?").fill("Fråga om praktik")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Registrerad som AMN")).to_be_visible()
    check_axe(page)
    check_keyboard(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="brev.pdf").click()
    assert saved.value.path().read_bytes() == diary.PDF


def test_every_page_of_the_diary_passes_axe_and_fits_in_the_dark(
    signed_in: Callable[..., Page], check_axe: Check
) -> None:
    mark = diary.marked(diary.received(files=[diary.paper("x" * 150 + ".pdf")]))
    disposed, gone = diary.due(), diary.due()
    services.dispose(gone, "G 12/2026", actor=person(Role.REGISTRAR), expected_version=gone.version)
    diary.proposed()
    diary.asked("اكتب هنا\n" + "Donaudampfschiffahrtselektrizitäten" * 4)
    draft = diary.draft(mark.record.case)
    page = signed_in(Role.REGISTRAR, width=390, color_scheme="dark")
    for address in (
        "/", "/diarium/", "/diarium/?visa=arenden", f"/diarium/arende/{draft.case_id}/",
        f"/diarium/handling/{mark.record_id}/", f"/diarium/handling/{disposed.pk}/",
        f"/diarium/handling/{gone.pk}/", "/diarium/begaran/", "/diarium/begaran/?flik=markeringar",
        "/diarium/begaran/?flik=besvarade", f"/diarium/begaran/{disposed.request.pk}/",
        "/diarium/nummerserie/", "/diarium/registrera/", "/diarium/arende/nytt/", "/oppet-diarium/",
    ):  # fmt: skip
        page.goto(address)
        check_axe(page)
        fits(page)
