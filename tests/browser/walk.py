"""What walks through a whole case share: invented applicants, the city they apply to, and counted clicks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect
from tests.web.checks.world import World
from tests.web.members.pledges.ready import published_texts
from tests.worker import do_jobs

from pakten.demo.numbers import organisation_number
from pakten.members.models import Application


@dataclass(frozen=True)
class Applicant:
    """An invented organisation that applies."""

    sector: str
    name: str
    legal_form: str
    serial: int
    website: str = "https://vassvik.example"

    @property
    def number(self) -> str:
        return organisation_number(self.legal_form, self.serial)


COMPANY = Applicant("Företag", "Vassviks Måleri AB", "aktiebolag", 99_201)
ASSOCIATION = Applicant("Förening", "Språkbryggan i Vassvik", "ideell förening", 99_202)
PUBLIC_BODY = Applicant("Kommun", "Vassviks utbildningsförvaltning", "förvaltning", 99_203)


class Clicks:
    """Clicks, and counts them."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self, what: Locator) -> None:
        self.made += 1
        what.click()


def city_in(settings: Any, tmp_path: Path) -> World:
    """A demonstration with a list in force, texts to pledge, and a register that knows the applicants."""
    settings.DEMO = True
    settings.LIST_STORE = tmp_path / "lists"
    settings.REGISTER_STORE = tmp_path / "registers"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    world = World(tmp_path)
    world.take()
    published_texts()
    rows = [
        f"{each.number};{each.name};{each.legal_form};Strandgatan 3, 123 45;Vassvik;Aktiv"
        for each in (COMPANY, ASSOCIATION, PUBLIC_BODY)
    ]
    path = tmp_path / "register.csv"
    path.write_text("\n".join(["Organisationsnummer;Namn;Organisationsform;Adress;Ort;Status", *rows]))
    call_command("register", str(path), source="Påhittat register")
    return world


def apply(page: Page, applicant: Applicant) -> Application:
    """Fill in the public form and send it; the receipt is on the page."""
    page.set_default_timeout(10_000)
    page.goto("/ansok/")
    page.get_by_role("link", name="Börja ansökan").click()
    page.get_by_label(applicant.sector).first.check()
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_label("Organisationsnummer").fill(applicant.number)
    _on(page)
    expect(page.get_by_label("Organisationens namn")).to_have_value(applicant.name)
    page.get_by_label("Webbplats").fill(applicant.website)
    page.get_by_label("10–49").check()
    _on(page)
    page.get_by_label("Namn").fill("Kim Kontaktsson")
    page.get_by_label("Roll i organisationen").fill("verksamhetschef")
    page.get_by_label("E-post i arbetet").fill("kim@vassvik.example")
    _on(page)
    page.get_by_label("Vara mentorer").check()
    _on(page)
    _sector_step(page, applicant)
    page.get_by_label("Vi ställer oss bakom nätverkets mål").check()
    page.get_by_label("Vi ställer oss bakom stadens värdegrund").check()
    page.get_by_label("Jag får företräda organisationen").check()
    _on(page)
    page.get_by_role("button", name="Skicka ansökan").click()
    expect(page.get_by_text("Vi har tagit emot er ansökan")).to_be_visible()
    return Application.objects.get(organisation_name=applicant.name)


def _on(page: Page) -> None:
    page.get_by_role("button", name="Spara och fortsätt", exact=True).click()
    expect(page.locator(".error-summary"), page.url).to_have_count(0)


def _sector_step(page: Page, applicant: Applicant) -> None:
    if applicant.sector == COMPANY.sector:
        page.get_by_label("Ja", exact=True).check()
        page.get_by_label("Ingen äger 25 procent eller mer").check()
    elif applicant.sector == ASSOCIATION.sector:
        for each in page.get_by_role("group", name="Vad stämmer om er?").get_by_role("checkbox").all():
            each.check()
        page.get_by_label("Vi skickar stadgar eller protokoll senare").check()
        page.get_by_label("Ja", exact=True).check()
    else:
        page.get_by_label("Myndighet eller förvaltning").fill(applicant.name)
    _on(page)


def begin(page: Page, applicant: Applicant, *, click: Clicks) -> None:
    """From the home page to an open control, with the lists compared."""
    page.goto("/")
    click(page.get_by_role("link", name="Ansökningar").first)
    click(page.get_by_role("link", name=applicant.name))
    click(page.get_by_role("button", name="Ta ärendet och börja kontrollera"))
    do_jobs()


def answer(page: Page, *, click: Clicks, result: str = "Inget att anmärka", note: str = "") -> None:
    """Answer every item that is open, and end the control."""
    for item in page.locator("#kontroll li[id^=punkt-]:has(> div fieldset)").all():
        if item.get_by_label(result, exact=True).first.is_visible():
            click(item.get_by_label(result, exact=True).first)
            seen = item.get_by_label("Vad såg du?")
            if note and not seen.is_visible():
                item.get_by_text("Vad du såg och var").click()
            if seen.is_visible():
                seen.fill(note or "Sidan beskriver verksamheten som i ansökan.")
    click(page.get_by_role("button", name="Slutför kontrollen"))
