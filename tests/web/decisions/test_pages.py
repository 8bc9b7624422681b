"""The pages of decisions: list, one decision, second look, report, delegation order."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries
from tests.people import person
from tests.web.decisions import made
from tests.web.pages import CheckedClient
from tests.web.records import diary

from pakten.accounts.models import Role
from pakten.decisions import registry
from pakten.decisions.models import BoardReport, Decision, DecisionKind, DecisionRule, DelegationItem, State
from pakten.decisions.queries.order import by_number

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


@pytest.fixture
def signed_in_client(db: None) -> SignIn:
    """A client that looks at every page it gets."""

    def make(role: Role) -> Client:
        client = CheckedClient()
        client.force_login(person(role))
        return client

    return make


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_list_and_its_filters(signed_in_client: SignIn) -> None:
    made.decided(subject_label="Björken AB")
    made.agreed(subject_label="Granen AB")
    made.refused(subject_label="Linden AB")
    client = signed_in_client(Role.CASE_OFFICER)
    for query, shown in {
        "": "Björken Granen Linden",
        "?lage=awaiting_second": "Linden",
        "?beslut=membership_accept": "Björken",
        "?anmalt=nej": "Granen",
        "?anmalt=verkstallighet": "Björken",
        "?anmalt=ja": "",
        f"?av={person(Role.MANAGER).pk}": "Björken Granen Linden",
        f"?fran={timezone.localdate()}&sort=datum": "Björken Granen Linden",
        "?till=2001-01-01": "",
        "?fran=9999-12-31&av=99999999999999999999&lage=\x00&sort=x&page=z": "Björken Granen Linden",
    }.items():
        page = text_of(client, f"/beslut/{query}")
        assert [name for name in ("Björken", "Granen", "Linden") if name in page] == shown.split(), query


def test_what_waits_is_not_seen_by_those_who_do_not_prepare(signed_in_client: SignIn) -> None:
    """Domain 4.10: drafts."""
    waiting, done = made.refused(subject_label="Linden AB"), made.agreed(subject_label="Granen AB")
    for role in (Role.REGISTRAR, Role.BOARD_SECRETARY, Role.AUDITOR):
        client = signed_in_client(role)
        page = text_of(client, "/beslut/?lage=awaiting_second&vantar=on")
        assert "Granen AB" in page
        assert "Linden AB" not in page
        assert "Linden" not in client.get("/beslut/hamta/csv/").content.decode("utf-8-sig")
        assert client.get(f"/beslut/{waiting.public_id}/").status_code == 403
        assert "Granen AB" in text_of(client, f"/beslut/{done.public_id}/")


def test_one_decision_shows_what_the_law_asks(signed_in_client: SignIn) -> None:
    """L-02."""
    decision = made.agreed()
    page = text_of(signed_in_client(Role.AUDITOR), f"/beslut/{decision.public_id}/")
    kept = Decision.objects.get()
    assert kept.record is not None
    for part in (
        "På arbetsmarknadsnämndens vägnar",
        "punkt 4.3 i delegationsordningen",
        "Cecilia Chefsdotter",
        "Doris Direktörsson höll med",
        kept.record.number,
        kept.reasons,
    ):
        assert part in page


def test_the_subject_is_a_link_where_its_area_says_so(
    signed_in_client: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.SUBJECT_LINKS, "tests.application", lambda pk: f"/diarium/?sok={pk}")
    decision = made.decided(subject_id="77")
    page = text_of(signed_in_client(Role.CASE_OFFICER), f"/beslut/{decision.public_id}/")
    assert 'href="/diarium/?sok=77"' in page


def test_the_second_person_agrees_in_two_clicks(signed_in_client: SignIn) -> None:
    decision, client = made.refused(), signed_in_client(Role.DIRECTOR)
    assert "väntar på en andra person" in text_of(client, "/")
    assert "Håll med" in text_of(client, f"/beslut/{decision.public_id}/")
    told = client.post(f"/beslut/{decision.public_id}/hall-med/", {"version": "1"}, follow=True)
    assert "Beslutet gäller nu" in told.content.decode()
    again = client.post(f"/beslut/{decision.public_id}/hall-med/", {"version": "1"}, follow=True)
    assert "ändras inte" in again.content.decode()
    assert Decision.objects.get().state == State.IN_FORCE


def test_sending_back_keeps_what_was_typed(signed_in_client: SignIn) -> None:
    decision, client = made.refused(), signed_in_client(Role.DIRECTOR)
    address = f"/beslut/{decision.public_id}/skicka-tillbaka/"
    empty = client.post(address, {"version": "1", "reason": " "})
    assert empty.status_code == 422
    assert "Skriv varför" in empty.content.decode()
    stale = client.post(address, {"version": "9", "reason": "Fråga en gång till"})
    assert stale.status_code == 422
    assert "Fråga en gång till" in stale.content.decode()
    told = client.post(address, {"version": "1", "reason": "Fråga en gång till"}, follow=True)
    assert "Fråga en gång till" in told.content.decode()
    assert Decision.objects.get().state == State.RETURNED


def test_the_decider_sees_no_button(signed_in_client: SignIn) -> None:
    decision = made.refused()
    page = text_of(signed_in_client(Role.MANAGER), f"/beslut/{decision.public_id}/")
    assert "Håll med" not in page
    assert "väntar på en andra person" in page
    assert "Håll med" not in text_of(signed_in_client(Role.CASE_OFFICER), f"/beslut/{decision.public_id}/")


def test_in_conflict_the_row_stays_and_the_page_is_closed(signed_in_client: SignIn) -> None:
    """L-17."""
    decision = made.agreed(subject_label="Granen AB")
    diary.conflict(decision.case, user=person(Role.CASE_OFFICER))
    client = signed_in_client(Role.CASE_OFFICER)
    page = text_of(client, "/beslut/")
    assert "Granen AB" not in page
    assert "Du är anmäld som jävig" in page
    assert decision.record is not None
    assert decision.record.number in page
    assert "Granen" not in client.get("/beslut/hamta/maskin/").content.decode()
    assert client.get(f"/beslut/{decision.public_id}/").status_code == 403


def test_in_conflict_no_filter_tells_what_the_row_hides(signed_in_client: SignIn) -> None:
    """L-17: nor is what waits for a second person, and is no record yet, listed at all."""
    decided, officer = made.agreed(subject_label="Granen AB"), person(Role.CASE_OFFICER)
    waits = made.refused(subject_label="Linden AB")
    for case in (decided.case, waits.case):
        diary.conflict(case, user=officer)
    client = signed_in_client(Role.CASE_OFFICER)
    says = "Du är anmäld som jävig"
    assert text_of(client, "/beslut/").count(says) == 1
    assert text_of(client, f"/beslut/?fran={timezone.localdate()}").count(says) == 1
    for query in ("beslut=membership_refuse", "lage=in_force", "anmalt=nej", f"av={decided.decided_by_id}"):
        assert says not in text_of(client, f"/beslut/?{query}"), query
    assert len(client.get("/beslut/hamta/maskin/?lage=in_force").content.decode().splitlines()) == 1
    assert len(client.get("/beslut/hamta/maskin/").content.decode().splitlines()) == 2


def test_the_export_has_the_same_rows(signed_in_client: SignIn) -> None:
    made.agreed(subject_label="=Granen AB")
    made.refused(subject_label="Linden AB")
    client = signed_in_client(Role.MANAGER)
    book = load_workbook(io.BytesIO(client.get("/beslut/hamta/excel/?anmalt=nej").content))
    rows = list(book.active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 2
    assert rows[1][4:7] == ("4.3", "På arbetsmarknadsnämndens vägnar", "Cecilia Chefsdotter")
    assert client.get("/beslut/hamta/pdf/").status_code == 404


def test_the_secretary_reports_to_a_meeting(signed_in_client: SignIn) -> None:
    made.agreed(subject_label="Granen AB")
    client = signed_in_client(Role.BOARD_SECRETARY)
    assert "delegationsbeslut att anmäla" in text_of(client, "/")
    assert "Granen AB" in text_of(client, "/beslut/anmalan/")
    sent = {"board": "Arbetsmarknadsnämnden", "meeting_date": ""}
    assert client.post("/beslut/anmalan/", sent).status_code == 422
    assert client.post("/beslut/anmalan/", sent | {"meeting_date": "9999-99-99"}).status_code == 422
    assert client.post("/beslut/anmalan/", sent | {"meeting_date": "0001-01-01"}).status_code == 422
    done = client.post("/beslut/anmalan/", sent | {"meeting_date": "2026-12-15"}, follow=True)
    assert "Anmälan är registrerad som" in done.content.decode()
    assert "Inget att anmäla" in done.content.decode()
    assert client.post("/beslut/anmalan/", sent | {"meeting_date": "2026-12-15"}).status_code == 422
    assert BoardReport.objects.get().lines.count() == 1
    assert "Anmält 2026-12-15" in text_of(client, "/beslut/?anmalt=ja")


def test_the_delegation_order_is_read_by_all_and_changed_by_few(signed_in_client: SignIn) -> None:
    page = text_of(signed_in_client(Role.AUDITOR), "/beslut/delegation/")
    assert "4.1" in page
    assert "Ny punkt" not in page
    client = signed_in_client(Role.ADMINISTRATOR)
    item = DelegationItem.objects.get(number="4.1")
    assert item.text in text_of(client, f"/beslut/delegation/ny/?punkt={item.pk}")
    assert client.get("/beslut/delegation/ny/?punkt=%00").status_code == 200
    sent = {
        "number": "4.1",
        "kind": item.kind,
        "role": item.role,
        "text": "Ny lydelse",
        "valid_from": f"{timezone.localdate()}",
        "paper": "",
    }
    missing = client.post("/beslut/delegation/ny/", sent)
    assert missing.status_code == 422
    assert "Ny lydelse" in missing.content.decode()
    client.post("/beslut/delegation/ny/", sent | {"paper": "§ 7"})
    assert "Ny lydelse" in text_of(client, "/beslut/delegation/")
    new = DelegationItem.objects.get(text="Ny lydelse")
    ended = client.post(
        f"/beslut/delegation/punkt/{new.pk}/avsluta/",
        {"last_day": f"{timezone.localdate()}", "paper": "§ 8"},
    )
    assert ended.status_code == 302
    assert client.get("/beslut/delegation/punkt/99999999999999999999/avsluta/").status_code == 404
    assert client.get("/beslut/delegation/regel/saknas/").status_code == 404


def test_a_rule_is_changed_on_its_page(signed_in_client: SignIn) -> None:
    client, address = signed_in_client(Role.DIRECTOR), "/beslut/delegation/regel/membership_pause/"
    assert "När ska en andra person hålla med?" in text_of(client, address)
    assert client.post(address, {"version": "1", "second_look": "ibland"}).status_code == 422
    sent = {"version": "1", "second_look": "always", "bars_preparer": "never"}
    assert client.post(address, sent).status_code == 302
    assert DecisionRule.objects.get(kind=DecisionKind.MEMBERSHIP_PAUSE).second_look == "always"
    assert client.post(address, sent).status_code == 422


def test_the_pages_ask_the_database_little(
    signed_in_client: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(5):
        made.agreed()
    decision = made.refused()
    client, secretary = signed_in_client(Role.DIRECTOR), signed_in_client(Role.BOARD_SECRETARY)
    for who, address in (
        (client, "/beslut/"),
        (client, f"/beslut/{decision.public_id}/"),
        (client, "/beslut/delegation/"),
        (secretary, "/beslut/anmalan/"),
        (client, f"/diarium/arende/{decision.case_id}/"),
    ):
        with django_assert_max_num_queries(30):
            assert who.get(address).status_code == 200


def test_the_order_is_read_as_the_paper_numbers_it() -> None:
    numbers = ["4.10", "4.2", "4", "4.1", "Bilaga"]
    items = [DelegationItem(pk=key, number=number) for key, number in enumerate(numbers)]
    assert [each.number for each in by_number(items)] == ["Bilaga", "4", "4.1", "4.2", "4.10"]
