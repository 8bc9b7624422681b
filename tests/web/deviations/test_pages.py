"""The pages: list, one deviation, and what others' pages show of deviations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.people import person
from tests.web.deviations import made, rights
from tests.web.deviations.test_sources import likeness
from tests.web.members.handling import desk
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, User
from pakten.deviations import services
from pakten.deviations.models import Deviation, Level
from pakten.deviations.queries import of_organisation
from pakten.deviations.queries.counting import waiting
from pakten.deviations.queries.waiting import Waits

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30


def client_of(user: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(user)
    return client


def text(client: Client, address: str) -> str:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(address)
    assert answer.status_code == 200, address
    assert len(queries) <= MOST_QUERIES, f"{address}: {len(queries)} queries"
    return answer.content.decode()


def send(client: Client, deviation: Deviation, verb: str, **data: Any) -> Any:
    return client.post(f"/avvikelser/{deviation.public_id}/{verb}/", data)


def test_the_whole_way_on_the_page() -> None:
    """Noted by hand, confirmed, told, commented, escalated, blocked: each by its person."""
    hanna, cecilia, doris = map(client_of, (made.officer(), made.manager(), made.director()))
    organisation = made.organisation()
    new = f"/medlemmar/{organisation.public_id}/avvikelser/ny/"
    assert "Anteckna något" in text(hanna, f"{new}?vad=Stadgar&kalla=Webb")
    data = {
        "submission": uuid4(), "title": "Stadgar saknas", "description": "Inget på sidan.", "source": "Webb",
        "seen_on": timezone.localdate().isoformat(),
    }  # fmt: skip
    assert hanna.post(new, data).status_code == 302
    assert hanna.post(new, data).status_code == 302, "the same form twice is one"
    deviation = Deviation.objects.get()
    assert deviation.level == Level.OBSERVATION
    assert "Bekräfta avvikelsen" in text(hanna, f"/avvikelser/{deviation.public_id}/")
    assessed = {"seriousness": "serious", "assessment": "Viktigt.", "follow_up_on": ""}
    assert send(hanna, deviation, "bekrafta", version=1, **assessed).status_code == 302
    deviation = made.fresh(deviation)
    assert "Skicka brevet" in text(hanna, f"/avvikelser/{deviation.public_id}/")
    day = (timezone.localdate() + timedelta(days=10)).isoformat()
    told = send(hanna, deviation, "skriv", version=deviation.version, text="Vi såg.", answer_by=day)
    assert told.status_code == 302
    comment = {"submission": uuid4(), "text": "De finns i menyn.", "by": "Ann"}
    assert send(hanna, deviation, "synpunkter", **comment).status_code == 302
    for level, waits in ((Level.ESCALATED, False), (Level.BLOCKED, True)):
        deviation = made.fresh(deviation)
        step = {"version": deviation.version, "level": level.value, "reasons": "Inte förklarat."}
        assert send(hanna, deviation, "foresla", **step).status_code == 302
        assert "Besluta som föreslaget" not in text(hanna, f"/avvikelser/{deviation.public_id}/")
        assert "Besluta som föreslaget" in text(cecilia, f"/avvikelser/{deviation.public_id}/")
        assert send(cecilia, deviation, "besluta", submission=uuid4()).status_code == 302
        if waits:
            decision = deviation.proposals.latest("pk")
            page = text(doris, f"/avvikelser/{deviation.public_id}/")
            assert "Läs och ta ställning" in page and decision.state == "proposed"
            address = page.split('href="/beslut/')[1].split('"')[0]
            doris.post(f"/beslut/{address}hall-med/", {"version": 1})
    assert made.fresh(deviation).level in (Level.ESCALATED, Level.BLOCKED)
    shown = text(cecilia, f"/avvikelser/{deviation.public_id}/")
    assert "De finns i menyn." in shown and "Eskalerad" in shown


def test_a_stale_form_keeps_what_was_typed() -> None:
    deviation, hanna = made.confirmed(), client_of(made.officer())
    stale = deviation.version
    services.assess(deviation, made.assessment(), actor=made.manager(), expected_version=stale)
    answer = send(hanna, deviation, "bedom", version=stale, seriousness="minor", assessment="Min egen text.")
    page = answer.content.decode()
    assert answer.status_code == 422 and "Min egen text." in page and "hann före" in page
    assert made.fresh(deviation).assessment != "Min egen text."
    again = send(
        hanna, deviation, "bedom", version=stale + 1, seriousness="minor", assessment="Min egen text."
    )
    assert again.status_code == 302


def test_the_list_its_filters_and_its_counts_agree() -> None:
    made.at(Level.BLOCKED)
    made.observation(made.organisation("Ekens Förening"), title="Adressen stämmer inte")
    late = made.confirmed(made.organisation("Ekens Förening"), title="Sen uppföljning")
    Deviation.objects.filter(pk=late.pk).update(follow_up_on=made.yesterday())
    made.at(Level.FIXED, made.organisation("Klar AB"))
    hanna = client_of(made.officer())
    whole = text(hanna, "/avvikelser/")
    assert "Sen uppföljning" in whole and "Klar AB" not in whole, "open ones unless others are asked for"
    expected = {
        "niva=blocked": 1, "niva=avslutade": 1, "niva=alla": 4, "vantar=uppfoljning": 1,
        "vantar=bekraftelse": 1, "sok=eken": 2, "sok=adressen": 1, "allvar=considerable": 2,
        "sektor=civil": 0,
    }  # fmt: skip
    for query, number in expected.items():
        page = hanna.get(f"/avvikelser/?{query}").context["page"]
        assert page.paginator.count == number, query
    for what in Waits:
        page = hanna.get(f"/avvikelser/?niva=alla&vantar={what.value}").context["page"]
        assert page.paginator.count == waiting([what], reader=made.officer())[what].count, what
    table = hanna.get("/avvikelser/export/csv/?vantar=uppfoljning").content.decode("utf-8-sig")
    assert "Sen uppföljning" in table and table.count("\r\n") <= 2 + table.count('"\r\n')
    assert hanna.get("/avvikelser/export/excel/").content[:2] == b"PK"
    assert hanna.get("/avvikelser/export/annat/").status_code == 404


def test_the_list_stays_quick() -> None:
    for number in range(6):
        made.observation(title=f"Sak {number}", key=f"k{number}")
    client = client_of(made.officer())
    with CaptureQueriesContext(connection) as queries:
        client.get("/avvikelser/")
    assert len(queries) <= MOST_QUERIES


def test_the_members_page_shows_the_block_to_all_staff() -> None:
    deviation = made.at(Level.BLOCKED)
    likeness(deviation.organisation)
    address = f"/medlemmar/{deviation.organisation.public_id}/"
    for role in (Role.CASE_OFFICER, Role.REGISTRAR):
        page = text(client_of(person(role)), address)
        assert "Spärrad." in page and "Medlemskapet består" in page
    assert "Läs avvikelsen" not in text(client_of(person(Role.REGISTRAR)), address)
    tab = text(client_of(made.officer()), f"{address}avvikelser/")
    assert deviation.title in tab and "Gör det till en avvikelse" in tab
    assert client_of(person(Role.REGISTRAR)).get(f"{address}avvikelser/").status_code == 403
    assert list(of_organisation(deviation.organisation)) == [deviation]


def test_a_likeness_is_made_a_deviation_from_its_link() -> None:
    organisation = made.organisation()
    row = likeness(organisation)
    address = f"/medlemmar/{organisation.public_id}/avvikelser/ny/?underlag=checks.likeness:{row.pk}"
    hanna = client_of(made.officer())
    page = text(hanna, address)
    assert "Underlaget följer med" in page and "namnlikhet" in page.lower()
    form = hanna.get(address).context["form"]
    data = {key: value for key, value in form.initial.items() if value} | {
        "underlag": f"checks.likeness:{row.pk}", "seriousness": "serious", "assessment": "Två har bedömt.",
    }  # fmt: skip
    assert hanna.post(address, data).status_code == 302
    deviation = Deviation.objects.get()
    assert (deviation.level, deviation.origin) == (Level.DEVIATION, "likeness")
    assert deviation.evidence.get().reference == f"checks.likeness:{row.pk}"
    assert "sekretessmarkering" in text(hanna, f"/avvikelser/{deviation.public_id}/")


def test_the_application_page_has_its_panel() -> None:
    deviation, _token = rights.of_applicant()
    assert deviation.application is not None
    address = f"/ansokningar/{deviation.application.public_id}/"
    assert deviation.title in text(client_of(made.officer()), address)
    assert deviation.title not in text(client_of(person(Role.REGISTRAR)), address)
    clean = f"/ansokningar/{desk.sent().public_id}/"
    assert "Inga avvikelser" in text(client_of(made.officer()), clean)
    case = text(client_of(made.officer()), f"/diarium/arende/{deviation.case_id}/")
    assert "Till avvikelsen" in case


def test_home_tells_what_waits(signed_in_client: Callable[[Any], Client]) -> None:
    made.observation()
    late = made.confirmed(title="Sen")
    Deviation.objects.filter(pk=late.pk).update(follow_up_on=timezone.localdate())
    services.register_comment(late, made.said(), actor=made.officer())
    made.proposed(made.fresh(late), Level.ESCALATED)
    officer = signed_in_client(Role.CASE_OFFICER).get("/").content.decode()
    assert "avvikelse att följa upp" in officer and "iakttagelse att bekräfta" in officer
    manager = signed_in_client(Role.MANAGER).get("/").content.decode()
    assert "förslag om en avvikelse att besluta" in manager
    left = waiting([Waits.COMMENT_READ], reader=made.officer())[Waits.COMMENT_READ]
    assert left.count == 0, "whoever proposes has read it"
    assert "vantar=uppfoljning" not in signed_in_client(Role.REGISTRAR).get("/").content.decode()
