"""One application for each sector, from the public form to the welcome and the public list; and a refusal.

The officer's clicks are counted: a case in which nothing deviates takes at most twelve.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect
from tests.people import person
from tests.web.checks.world import World
from tests.web.members.pledges.ready import published_texts
from tests.worker import do_jobs

from pakten.accounts.models import Role
from pakten.decisions.models import Decision
from pakten.demo.numbers import organisation_number
from pakten.letters.models import OutboxMessage
from pakten.members.models import Application, Membership, Pledge
from pakten.records.models import PublicEntry

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 12


@dataclass(frozen=True)
class Applicant:
    """An invented organisation that applies."""

    sector: str
    name: str
    legal_form: str
    serial: int

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


@pytest.fixture
def city(settings, tmp_path: Path) -> World:
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
    page.get_by_label("Webbplats").fill("https://vassvik.example")
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
    if applicant is COMPANY:
        page.get_by_label("Ja", exact=True).check()
        page.get_by_label("Ingen äger 25 procent eller mer").check()
    elif applicant is ASSOCIATION:
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


@pytest.mark.parametrize("applicant", [COMPANY, ASSOCIATION, PUBLIC_BODY], ids=lambda each: each.legal_form)
def test_from_application_to_member(
    city: World,
    open_page: Callable[..., Page],
    signed_in: Callable[..., Page],
    check_axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
    applicant: Applicant,
) -> None:
    """The whole way, with at most twelve clicks by the officer (and a few by the manager)."""
    visitor = open_page()
    application = apply(visitor, applicant)
    check_axe(visitor)
    assert PublicEntry.objects.filter(record=application.record).exists()  # L-03
    assert Pledge.objects.filter(organisation=application.organisation).count() == 2

    click = Clicks()
    officer = signed_in(Role.CASE_OFFICER)
    begin(officer, applicant, click=click)
    officer.reload()
    check_axe(officer)
    if applicant is COMPANY:
        screenshot(officer, "ansokan-kontroll")
    answer(officer, click=click)
    check_axe(officer)
    click(officer.get_by_role("button", name="Föreslå beslutet"))
    assert click.made <= MOST_CLICKS, f"{click.made} clicks"

    manager = signed_in(Role.MANAGER)
    manager.goto(f"/ansokningar/{application.public_id}/")
    if applicant is COMPANY:
        screenshot(manager, "ansokan-beslut")
    manager.get_by_role("button", name="Fatta beslutet").click()
    expect(manager.get_by_text("Öppna medlemmens sida")).to_be_visible()
    check_axe(manager)
    do_jobs()

    application.refresh_from_db()
    decision = Decision.objects.get(case=application.case)
    assert (application.state, decision.decided_by) == ("active", person(Role.MANAGER))  # L-01
    assert Membership.objects.get(organisation=application.organisation).state == "active"
    letters = OutboxMessage.objects.filter(case=application.case, state="sent")
    assert letters.filter(body__contains=f"Välkommen! {applicant.name} är medlem").exists()

    visitor.reload()
    expect(visitor.get_by_text("Välkommen").first).to_be_visible()
    visitor.goto("/medlemsforteckning/")
    expect(visitor.get_by_text(applicant.name)).to_be_visible()
    assert applicant.number not in visitor.content() or applicant is not COMPANY
    check_axe(visitor)


def test_to_a_reasoned_refusal_with_a_second_person(
    city: World,
    open_page: Callable[..., Page],
    signed_in: Callable[..., Page],
    check_axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
) -> None:
    """A deviation: another person decides, a second one looks, the letter gives the reasons."""
    application = apply(open_page(), COMPANY)
    click = Clicks()
    officer = signed_in(Role.CASE_OFFICER)
    begin(officer, COMPANY, click=click)
    officer.reload()
    answer(officer, click=click, result="Avvikelse", note="Sidan säljer något helt annat än ansökan säger.")
    officer.get_by_label("inte ta emot").check()
    officer.get_by_label("Skäl").first.fill("Verksamheten är en annan än den som ansökan beskriver.")
    officer.get_by_role("button", name="Föreslå beslutet").click()

    manager = signed_in(Role.MANAGER)
    manager.goto(f"/ansokningar/{application.public_id}/")
    manager.get_by_role("button", name="Fatta beslutet").click()
    expect(manager.get_by_text("andra person").first).to_be_visible()
    check_axe(manager)
    application.refresh_from_db()
    assert application.state == "proposed"  # nothing holds before the second look

    director = signed_in(Role.DIRECTOR)
    director.goto(f"/ansokningar/{application.public_id}/")
    director.get_by_role("link", name="Läs och ta ställning").click()
    screenshot(director, "beslut-andra-person")
    check_axe(director)
    director.get_by_role("button", name="Håll med").click()
    do_jobs()

    application.refresh_from_db()
    decision = Decision.objects.get(case=application.case)
    assert (application.state, application.outcome) == ("notified", "refuse")
    assert decision.second_by == person(Role.DIRECTOR) and decision.decided_by == person(Role.MANAGER)
    letter = OutboxMessage.objects.filter(case=application.case, state="sent").latest("pk")
    assert "Verksamheten är en annan" in letter.body
    assert not Membership.objects.filter(organisation=application.organisation).exists()
