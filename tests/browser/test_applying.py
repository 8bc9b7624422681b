"""The public application in a real browser: one walk for each sector, wide and narrow, with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.people import person
from tests.web.members.applying import objects

from pakten.accounts.models import Role
from pakten.members.models import Application
from pakten.members.services.applications_completion import CompletionFacts, ask_completion
from pakten.organisations.models import Sector

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
ON = "Spara och fortsätt"
KINDS = {
    Sector.PRIVATE: "Ett företag",
    Sector.CIVIL: "En förening, en stiftelse eller ett trossamfund",
    Sector.PUBLIC: "En kommun, en region eller en statlig myndighet",
}
FORMS = {Sector.PRIVATE: "Aktiebolag", Sector.CIVIL: "Ideell förening", Sector.PUBLIC: "Kommun"}


@pytest.fixture
def texts() -> None:
    objects.texts()


def fits(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def on(page: Page) -> None:
    page.get_by_role("button", name=ON, exact=True).click()


def begin(page: Page, sector: Sector, look: Check) -> None:
    page.goto("/ansok/")
    look(page)
    page.get_by_role("link", name="Börja ansökan").click()
    look(page)
    page.get_by_label(KINDS[sector]).check()
    page.get_by_role("button", name="Fortsätt").click()
    look(page)
    page.get_by_label("Organisationsnummer").fill(objects.typed(sector)["nummer"]["org_nr"])
    on(page)
    look(page)
    page.get_by_label("Organisationens namn").fill(objects.NAMES[sector])
    page.get_by_label(FORMS[sector], exact=True).check()
    page.get_by_label("Postadress").fill("Snögatan 1, 981 00")
    page.get_by_label("Ort", exact=True).fill("Kiruna")
    page.get_by_label("1–9").check()
    on(page)
    look(page)


def about_the_organisation(page: Page, sector: Sector, tmp_path: Path) -> None:
    if sector is Sector.PRIVATE:
        page.get_by_label("Nej, men motsvarande villkor").check()
        page.get_by_label("Namn", exact=True).first.fill("Ann Björk")
        page.get_by_label("en person").first.check()
        page.get_by_text("Lägg till fler ägare").click()
        page.get_by_label("Namn", exact=True).nth(1).fill("Isflaket Invest AB")
        page.get_by_label("en organisation").nth(1).check()
    elif sector is Sector.CIVIL:
        path = tmp_path / "stadgar.pdf"
        path.write_bytes(objects.PDF)
        page.get_by_label("Medlemmarna väljer styrelsen").check()
        page.get_by_label("Stadgar", exact=True).set_input_files(path)
        page.get_by_label("Protokoll från det senaste årsmötet").set_input_files(path)
        page.get_by_label("Vi har inga anställda").check()
    else:
        page.get_by_label("Myndighet eller förvaltning").fill("Utbildningsförvaltningen")


def finish(page: Page, sector: Sector, look: Check, *, tmp_path: Path) -> None:
    page.get_by_label("Namn", exact=True).fill("Ann Björk")
    page.get_by_label("Roll i organisationen").fill("ordförande")
    page.get_by_label("E-post i arbetet").fill("ann@exempel.se")
    on(page)
    look(page)
    page.get_by_label("Erbjuda jobb").check()
    on(page)
    look(page)
    about_the_organisation(page, sector, tmp_path)
    on(page)
    look(page)
    page.get_by_label("Vi ställer oss bakom nätverkets mål.").check()
    page.get_by_label("Vi ställer oss bakom stadens värdegrund").check()
    page.get_by_label("Jag får företräda organisationen i den här frågan.").check()
    on(page)
    look(page)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("sector", Sector)
def test_an_application_from_the_first_page_to_the_receipt(
    texts: None,
    open_page: Callable[..., Page],
    check_axe: Check,
    screenshot: Callable[..., Path],
    tmp_path: Path,
    sector: Sector,
    width: int,
) -> None:
    page = open_page(width=width)

    def look(seen: Page) -> None:
        check_axe(seen)
        fits(seen)

    begin(page, sector, look)
    finish(page, sector, look, tmp_path=tmp_path)
    expect(page.get_by_text(objects.NAMES[sector], exact=True)).to_be_visible()
    if sector is Sector.CIVIL:
        expect(page.get_by_text("stadgar.pdf").first).to_be_visible()
    if (sector, width) == (Sector.PRIVATE, 1280):
        screenshot(page, "ansokan-kontrollera")
    page.get_by_role("link", name="Ändra kontaktperson").click()
    page.get_by_label("Telefon i arbetet").fill("0980-123 45")
    on(page)
    expect(page.get_by_text("0980-123 45")).to_be_visible()
    page.get_by_role("button", name="Skicka ansökan").click()
    number = Application.objects.get().case.registry_no
    expect(page.get_by_text(f"Vi har tagit emot er ansökan. Ert ärendenummer är {number}.")).to_be_visible()
    look(page)
    if (sector, width) == (Sector.PRIVATE, 1280):
        screenshot(page, "ansokan-mottagen")
    page.go_back()
    expect(page.get_by_text(f"Ert ärendenummer är {number}.")).to_be_visible()


def test_a_question_is_answered_and_the_application_taken_back(
    open_page: Callable[..., Page], check_axe: Check, check_keyboard: Check
) -> None:
    application, token = objects.sent(Sector.CIVIL)
    facts = CompletionFacts(("Stadgar", "Protokoll från det senaste årsmötet"), "Vi hittar dem inte.")
    officer = person(Role.CASE_OFFICER)
    ask_completion(application, facts, actor=officer, expected_version=application.version)
    page = open_page(width=390, color_scheme="dark")
    page.goto(f"/ansok/{token}/")
    check_axe(page)
    page.get_by_role("link", name="Svara nu").click()
    check_axe(page)
    check_keyboard(page)
    page.get_by_label("Ert svar").fill("Här kommer de.")
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_text("Ni svarade på frågan")).to_be_visible()
    check_keyboard(page)
    page.get_by_role("link", name="Återkalla ansökan").click()
    check_axe(page)
    page.get_by_role("button", name="Återkalla ansökan").click()
    expect(page.get_by_role("heading", name="Ansökan är återkallad")).to_be_visible()
    check_axe(page)
    fits(page)


def test_it_works_with_the_keyboard_and_without_javascript(
    texts: None, open_page: Callable[..., Page], check_axe: Check, check_keyboard: Check, tmp_path: Path
) -> None:
    page = open_page(java_script_enabled=False)
    begin(page, Sector.PRIVATE, lambda _: None)
    finish(page, Sector.PRIVATE, lambda _: None, tmp_path=tmp_path)
    link = page.url.removesuffix("kontrollera/")
    other = open_page()
    for part in ("", "nummer/", "uppgifter/", "foretag/", "intyganden/", "spara/", "sektor/"):
        other.goto(f"{link}{part}")
        check_keyboard(other)
    other.goto(f"{link}foretag/")
    other.get_by_label("Andel i procent").first.focus()
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", name="Kontrollera och skicka")).to_be_visible()
    page.get_by_role("button", name="Skicka ansökan").click()
    expect(page.get_by_role("heading", name="Er ansökan om medlemskap")).to_be_visible()
