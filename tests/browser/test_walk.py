"""One application for each sector, from the public form to the welcome and the public list; and a refusal.

The officer's clicks are counted: a case in which nothing deviates takes at most twelve.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.walk import (
    ASSOCIATION,
    COMPANY,
    PUBLIC_BODY,
    Applicant,
    Clicks,
    answer,
    apply,
    begin,
    city_in,
)
from tests.people import person
from tests.web.checks.world import World
from tests.worker import do_jobs

from pakten.accounts.models import Role
from pakten.decisions.models import Decision
from pakten.letters.models import OutboxMessage
from pakten.members.models import Membership, Pledge
from pakten.records.models import PublicEntry

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MOST_CLICKS = 12


@pytest.fixture
def city(settings, tmp_path: Path) -> World:
    """A demonstration with a list in force, texts to pledge, and a register that knows the applicants."""
    return city_in(settings, tmp_path)


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
    site = officer.locator("#punkt-webbplats")
    site.get_by_text("Ändra").click()
    site.get_by_label("Avvikelse", exact=True).check()
    site.get_by_label("Vad såg du?").fill("Sidan säljer något helt annat än ansökan säger.")
    click(officer.get_by_role("button", name="Slutför kontrollen"))
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
