"""The pages: what they tell, what they keep when it goes wrong, and what never stands on them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from uuid import uuid4

import openpyxl
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.people import person
from tests.web.members import register
from tests.web.members.applying import objects
from tests.web.members.own_file import correspondence
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.members.models import Application, Message, MessageKind
from pakten.members.own_file_facts import columns
from pakten.members.queries.fact_sources import column_sources
from pakten.members.services.answering import answer_completion
from pakten.members.services.applications_completion import CompletionFacts, ask_completion
from pakten.organisations.models import ContactPerson
from pakten.organisations.services import change_organisation
from pakten.organisations.services.restoring import Earlier, restore_organisation

NAUGHTY = [
    "\u202eomvänd\u2066",
    "<script>alert(1)</script>",
    "'; DROP TABLE members; --",
    "Ωμέγα 中文 العربية 🙂",
    "=cmd|' /C calc'!A0",
]


@pytest.fixture
def row(db: None) -> ContactPerson:
    return correspondence.contact_as(person(Role.MEMBER_CONTACT), email="kim@example.se")


@pytest.fixture
def kim(row: ContactPerson) -> Client:
    client = CheckedClient()
    client.force_login(person(Role.MEMBER_CONTACT))
    return client


@pytest.fixture
def hanna(db: None) -> Client:
    client = CheckedClient()
    client.force_login(person(Role.CASE_OFFICER))
    return client


def at(name: str, row: ContactPerson, *more: object) -> str:
    return reverse(f"members:{name}", args=[row.organisation.public_id, *more])


def test_the_first_page_says_where_things_stand(kim: Client, row: ContactPerson) -> None:
    correspondence.question(row)
    page = kim.get(at("own_start", row)).content.decode()
    assert "Ni är medlem sedan den 1 mars 2020." in page
    assert "En fråga från staden" in page and "oläst" not in page, "a question is told of once"


def test_every_fact_has_a_source_and_a_way_to_correct_it(kim: Client, row: ContactPerson) -> None:
    """L-40: the organisation sees what is held, from where, and can say that it is wrong."""
    membership = row.organisation.memberships.get()
    register.known_person(membership)
    register.stake(membership)
    page = kim.get(at("own_facts", row)).content.decode()
    for words in ("Norrskenets Åkeri AB", "Bo Ek", "Ann Björk, 60 %", "mejl från organisationen"):
        assert words in page
    assert at("own_correct", row, "legal_name") in page and at("own_edit", row) in page


def test_each_column_has_the_source_of_its_own_change(kim: Client, row: ContactPerson) -> None:
    """L-40: a change of one column gives no other a new source, and what is not filled in has none."""
    organisation = row.organisation
    for changes, what in (({"place": "Umeå"}, "telefonsamtal"), ({"website": "https://ek.example"}, "brev")):
        organisation = change_organisation(
            organisation,
            changes,
            actor=register.officer(),
            source=register.source(what),
            expected_version=organisation.version,
        )
    with CaptureQueriesContext(connection) as queries:
        known = {fact.key: fact for fact in columns(organisation)}
    assert len(queries) == 1
    sources = {name: known[name].source for name in ("legal_name", "place", "website", "phone")}
    assert sources == {
        "legal_name": "mejl från organisationen",
        "place": "telefonsamtal",
        "website": "brev",
        "phone": "",
    }
    assert known["phone"].recorded_at is None and known["place"].recorded_at is not None
    assert "Källa:" not in kim.get(at("own_correct", row, "phone")).content.decode()


def test_a_value_that_an_undone_change_brought_back_has_its_first_source(row: ContactPerson) -> None:
    organisation, hanna = row.organisation, register.officer()
    old = {"place": organisation.place, "source": organisation.source}
    organisation = change_organisation(
        organisation,
        {"place": "Umeå"},
        actor=hanna,
        source=register.source("en fil"),
        expected_version=organisation.version,
    )
    assert column_sources(organisation, ["place"])["place"].what == "en fil"
    restore_organisation(
        organisation, Earlier(old), actor=hanna, reason="fel fil", expected_version=organisation.version
    )
    organisation.refresh_from_db()
    assert column_sources(organisation, ["place"])["place"].what == "mejl från organisationen"


def test_a_correction_goes_to_the_inbox(kim: Client, hanna: Client, row: ContactPerson) -> None:
    url = at("own_correct", row, "legal_name")
    answer = kim.post(url, {"submission": uuid4(), "proposed": "Nya Åkeriet AB", "text": ""})
    assert answer.status_code == 302
    assert "registrerat som AMN" in kim.get(at("own_messages", row)).content.decode()
    found = Message.objects.get()
    assert (found.kind, found.fact, found.proposed) == ("correction", "legal_name", "Nya Åkeriet AB")
    assert "Nya Åkeriet AB" in hanna.get(reverse("members:inbox")).content.decode()
    page = hanna.get(reverse("members:message", args=[found.pk])).content.decode()
    assert "Så står det nu" in page and "Norrskenets Åkeri AB" in page
    settle = reverse("members:settle_message", args=[found.pk])
    found.refresh_from_db()
    sent = {"submission": uuid4(), "version": found.version, "verdict": "adopted", "value": "Nya Åkeriet AB"}
    assert hanna.post(settle, {**sent, "verdict": ""}).status_code == 422
    assert hanna.post(settle, sent).status_code == 302
    row.organisation.refresh_from_db()
    assert row.organisation.legal_name == "Nya Åkeriet AB"
    assert "Vi har rättat uppgiften (Namn)" in kim.get(at("own_messages", row)).content.decode()


def test_a_fact_that_is_not_there_is_not_corrected(kim: Client, row: ContactPerson) -> None:
    other = register.known_person(register.member("Ekens Bageri AB"))
    assert kim.get(at("own_correct", row, f"person-{other.pk}")).status_code == 404
    assert kim.get(at("own_correct", row, "search_key")).status_code == 404


def test_the_own_card_is_changed_at_once_with_its_source(kim: Client, row: ContactPerson) -> None:
    url = at("own_edit", row)
    values = {"version": row.organisation.version, "website": "www.norrsken.example", "employees": "10-49"}
    assert kim.post(url, values | {"legal_name": "Kapat AB"}).status_code == 302
    row.organisation.refresh_from_db()
    assert row.organisation.website == "https://www.norrsken.example"
    assert (row.organisation.employees, row.organisation.source) == ("10-49", "Organisationen själv")
    assert row.organisation.legal_name == "Norrskenets Åkeri AB", "the name is corrected by the city"
    late = kim.post(url, values | {"website": "annan.example"})
    assert late.status_code == 422 and "Någon annan har ändrat" in late.content.decode()
    assert "annan.example" in late.content.decode(), "what was typed stays"


def test_a_contact_completes_an_application_and_the_log_says_who(kim: Client, row: ContactPerson) -> None:
    objects.texts()
    application, _ = objects.sent()
    Application.objects.filter(pk=application.pk).update(organisation=row.organisation)
    application.refresh_from_db()
    officer = person(Role.CASE_OFFICER)
    completion = ask_completion(
        application, CompletionFacts(("Stadgar",)), actor=officer, expected_version=application.version
    )
    address = at("own_complete", row, completion.pk)
    empty = kim.post(address, {"submission": str(uuid4()), "text": " "})
    assert empty.status_code == 422 and "Skriv ett svar, eller välj minst en fil." in empty.content.decode()
    sent = {"submission": str(uuid4()), "text": "Här kommer de."}
    assert kim.post(address, sent).status_code == 302
    assert Entry.objects.get(action="members.completion.answered").actor_id == row.user_id
    stranger = person(Role.MEMBER_CONTACT, again=1)
    with pytest.raises(PermissionDenied):
        answer_completion(completion, "Jag är inte med.", actor=stranger)


def test_leaving_is_registered_and_ends_nothing_by_itself(kim: Client, row: ContactPerson) -> None:
    url = at("own_leave", row)
    assert "Till dess är ni medlemmar" in kim.get(url).content.decode()
    assert kim.post(url, {"submission": uuid4(), "text": ""}).status_code == 422
    assert kim.post(url, {"submission": uuid4(), "text": "Vi hinner inte."}).status_code == 302
    found = Message.objects.get()
    assert found.kind == MessageKind.LEAVING and found.record is not None
    assert row.organisation.memberships.get().state == "active"


def test_a_sole_traders_number_is_on_no_page_and_in_no_file(signed_in_client: Callable[..., Client]) -> None:
    """L-29, also in the own file."""
    number = register.sole_trader_number()
    row = correspondence.contact_as(
        person(Role.MEMBER_CONTACT), register.member("Bo Eks Firma", org_nr=number)
    )
    client = signed_in_client(person(Role.MEMBER_CONTACT))
    names = ("own_start", "own_facts", "own_edit", "own_messages", "own_papers", "own_pledges")
    pages = [client.get(at(name, row)).content for name in names]
    pages += [client.get(at("own_correct", row, "org_nr")).content]
    pages += [client.get(at("own_download", row, form)).content for form in ("json", "excel")]
    sheet = openpyxl.load_workbook(io.BytesIO(pages.pop())).worksheets[0]
    pages += [str(list(sheet.values)).encode()]
    assert not any(number.encode() in page or number[6:].encode() in page for page in pages)


def test_everything_can_be_taken_home(kim: Client, row: ContactPerson) -> None:
    correspondence.incoming(row, "=1+1")
    whole = json.loads(kim.get(at("own_download", row, "json")).content)
    labels = {fact["label"] for section in whole["sections"] for fact in section["facts"]}
    assert {"Namn", "Sektor", "Medlemskap", "Kontaktperson"} <= labels
    assert whole["messages"][0]["text"] == "=1+1" and whole["papers"]
    book = kim.get(at("own_download", row, "excel"))
    assert book.content[:2] == b"PK" and "attachment" in book["Content-Disposition"]
    assert kim.get(at("own_download", row, "exe")).status_code == 404


@pytest.mark.parametrize("text", NAUGHTY)
def test_naughty_words_are_kept_and_shown_as_words(
    kim: Client, hanna: Client, row: ContactPerson, text: str
) -> None:
    assert kim.post(at("own_messages", row), {"submission": uuid4(), "text": text}).status_code == 302
    found = Message.objects.get()
    for client, url in (
        (kim, at("own_messages", row)),
        (hanna, reverse("members:inbox")),
        (hanna, reverse("members:message", args=[found.pk])),
        (hanna, at("tab", row, "meddelanden")),
    ):
        page = client.get(url)
        assert page.status_code == 200 and b"<script>alert" not in page.content
        assert "\u202e" not in page.content.decode()


@pytest.mark.parametrize("text", ["\x00", "x" * 10_001, "å" * 1_000_000])
def test_what_cannot_be_taken_gets_a_sentence(row: ContactPerson, text: str) -> None:
    client = Client()
    client.force_login(person(Role.MEMBER_CONTACT))
    answer = client.post(at("own_messages", row), {"submission": uuid4(), "text": text})
    assert answer.status_code == 422 and not Message.objects.exists()


def test_a_form_without_its_number_is_refused(kim: Client, row: ContactPerson) -> None:
    assert kim.post(at("own_messages", row), {"text": "Hej", "submission": "nej"}).status_code == 422
    sent = {"text": "Hej", "submission": uuid4(), "question": "999999999999999999999"}
    assert kim.post(at("own_messages", row), sent).status_code == 422


def test_a_session_that_ended_keeps_what_was_written(row: ContactPerson) -> None:
    """After signing in again the words stand in the form; another address doesn't show them."""
    visitor = Client()
    url = at("own_messages", row)
    away = visitor.post(url, {"submission": uuid4(), "text": "Det här tog lång tid att skriva."})
    assert away.status_code == 302 and settings.LOGIN_URL.split("_")[0] in away["Location"] + "account"
    visitor.force_login(person(Role.MEMBER_CONTACT))
    assert "tog lång tid" not in visitor.get(at("own_leave", row)).content.decode()
    assert "Det här tog lång tid att skriva." in visitor.get(url).content.decode()
    assert "tog lång tid" not in visitor.get(url).content.decode(), "handed out once"
    assert not Message.objects.exists()


def test_two_officers_answer_and_the_second_keeps_the_words(hanna: Client, row: ContactPerson) -> None:
    found = correspondence.incoming(row)
    url = reverse("members:message", args=[found.pk])
    first = {"submission": uuid4(), "version": 1, "text": "Svar ett."}
    assert hanna.post(url, first).status_code == 302
    assert hanna.post(url, first).status_code == 302, "sent twice by mistake"
    boss = Client()
    boss.force_login(person(Role.MANAGER))
    late = boss.post(url, {"submission": uuid4(), "version": 1, "text": "Svar två."})
    assert late.status_code == 422 and "Svar två." in late.content.decode()
    assert Message.objects.filter(reply_to=found).count() == 1


def test_the_home_page_counts_what_waits(hanna: Client, row: ContactPerson) -> None:
    correspondence.incoming(row)
    page = hanna.get("/").content.decode()
    assert "meddelande från en medlem att svara på" in page


@pytest.mark.parametrize(
    "name", ["own_start", "own_facts", "own_messages", "own_pledges", "own_papers", "own_edit"]
)
def test_at_most_thirty_queries(kim: Client, row: ContactPerson, name: str) -> None:
    membership = row.organisation.memberships.get()
    for number in range(12):
        register.known_person(membership, f"Bo Ek {number}")
        correspondence.incoming(row, f"Hej {number}")
    with CaptureQueriesContext(connection) as queries:
        assert kim.get(at(name, row)).status_code == 200
    assert len(queries) <= 30, len(queries)


def test_the_inbox_makes_no_more_queries_for_more_messages(hanna: Client, row: ContactPerson) -> None:
    for number in range(15):
        correspondence.incoming(row, f"Hej {number}")
    for url in (reverse("members:inbox"), at("tab", row, "meddelanden"), at("tab", row, "kontakter")):
        with CaptureQueriesContext(connection) as queries:
            assert hanna.get(url).status_code == 200
        assert len(queries) <= 30, (url, len(queries))
