"""Messages: registered at once both ways (L-03), answered once, corrections adopted or declined."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.own_file import correspondence

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.letters.models import OutboxMessage
from pakten.members.models import Message, MessageKind
from pakten.members.queries.messages import waiting
from pakten.members.queries.own_file import papers_of, standing
from pakten.members.services import corrections
from pakten.members.services.corrections import Settlement, Verdict
from pakten.members.services.messages import answer, close_without_answer, mark_read, write_to_city
from pakten.organisations.models import ContactPerson
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.records import services as records
from pakten.records.models import PublicEntry, Record

written = correspondence.written


@pytest.fixture
def row(db: None) -> ContactPerson:
    """Kim, contact of Norrskenets Åkeri."""
    return correspondence.contact_as(person(Role.MEMBER_CONTACT), email="kim@example.se")


def kim() -> User:
    return person(Role.MEMBER_CONTACT)


def test_what_comes_in_is_in_the_diary_at_once(row: ContactPerson) -> None:
    """L-03: number, time, sender and short content without anybody's work; the paper holds the words."""
    sent = correspondence.incoming(row, "Vi vill ta emot praktikanter.\nHör av er!")
    assert sent.record is not None
    record = Record.objects.select_related("case").get(pk=sent.record_id)
    assert record.number and record.sender_or_recipient == "Norrskenets Åkeri AB"
    assert record.short_content == "Meddelande från organisation"
    assert PublicEntry.objects.filter(record=record).exists()
    data = records.open_file(record.files.get(), actor=person(Role.CASE_OFFICER)).decode()
    assert data == "Vi vill ta emot praktikanter.\nHör av er!"


def test_the_diary_says_what_a_message_is_about_and_nothing_that_was_written(
    row: ContactPerson, officer: User
) -> None:
    """L-03, L-29: kind, fact and the number answered; never a name or a word that somebody typed."""
    asked = correspondence.question(row)
    plain = correspondence.incoming(row, "Ann Ek är sjuk.")
    column = correspondence.correction(row, "website")
    person_row = correspondence.correction(row, "Styrelseledamot: Ann Ek")
    strange = correspondence.correction(row, "Ann Ek: ordförande")
    replied = correspondence.incoming(row, "Vi är tolv.", kind=MessageKind.QUESTION, reply_to=asked)
    answered = answer(plain, written("Krya på dig, Ann Ek!"), actor=officer, expected_version=1)
    sent = [asked, plain, column, person_row, strange, replied, answered]
    contents = [Record.objects.get(pk=each.record_id).short_content for each in sent]
    assert contents == [
        "Fråga om uppgifter",
        "Meddelande från organisation",
        "Rättelse av uppgift: webbplats",
        "Rättelse av uppgift: styrelseledamot",
        "Rättelse av uppgift",
        f"Svar på fråga {asked.record}",
        f"Svar på meddelande {plain.record}",
    ]


def test_a_sole_traders_name_is_kept_out_of_the_public_diary(db: None, officer: User) -> None:
    """L-29: neither as sender or recipient, nor in what the case is called."""
    firm = register.member("Bo Eks Firma", org_nr=register.sole_trader_number())
    row = correspondence.contact_as(kim(), firm)
    sent = [
        correspondence.question(row),
        correspondence.incoming(row),
        correspondence.incoming(row, "Jag slutar.", kind=MessageKind.LEAVING),
    ]
    assert all(each.case and "Bo Ek" not in each.case.title for each in sent)
    entries = PublicEntry.objects.filter(record__in=[each.record_id for each in sent])
    assert [entry.counterpart for entry in entries] == ["Privatperson"] * 3


def test_the_correspondence_runs_in_one_case_and_leaving_in_its_own(row: ContactPerson) -> None:
    first, second = correspondence.incoming(row), correspondence.incoming(row, "En sak till.")
    leaving = correspondence.incoming(row, "Vi lägger ned.", kind=MessageKind.LEAVING)
    assert first.case_id == second.case_id != leaving.case_id
    assert leaving.record is not None and leaving.record.record_type.code == "withdrawal"
    assert correspondence.incoming(row, "Och en till.").case_id == first.case_id


def test_sending_twice_is_sending_once(row: ContactPerson) -> None:
    form = uuid4()
    once = correspondence.incoming(row, submission=form)
    assert correspondence.incoming(row, submission=form).pk == once.pk
    assert Message.objects.count() == Record.objects.count() == 1
    other = correspondence.contact_as(person(Role.MEMBER_CONTACT, again=1), register.member("Ek AB"))
    with pytest.raises(Refused):
        correspondence.incoming(other, submission=form)


def test_personal_numbers_stay_in_the_paper(row: ContactPerson) -> None:
    """L-29: pages and log have no personal number; the paper keeps what its sender wrote."""
    sent = correspondence.incoming(row, "Jag heter 640823-3234 i ert system.")
    assert "640823" not in sent.text and "640823" not in str(list(Entry.objects.values()))
    assert sent.record is not None
    assert b"640823-3234" in records.open_file(sent.record.files.get(), actor=person(Role.REGISTRAR))


@pytest.mark.parametrize("text", ["", "  \n ", "\u202e\u2066", "x" * 10_001])
def test_words_that_say_nothing_or_too_much_are_refused(row: ContactPerson, text: str) -> None:
    with pytest.raises(Refused):
        correspondence.incoming(row, text)
    assert not Message.objects.exists() and not Record.objects.exists()


def test_an_answer_is_registered_as_sent_and_its_readers_are_told(row: ContactPerson, officer: User) -> None:
    found = correspondence.incoming(row)
    sent = answer(found, written("På onsdag."), actor=officer, expected_version=found.version)
    assert sent.record is not None
    assert (sent.record.direction, sent.record.became) == ("out", "dispatched")
    assert sent.case_id == found.case_id and sent.reply_to_id == found.pk
    found.refresh_from_db()
    assert found.settled_by == officer and not waiting(officer).exists()
    assert not OutboxMessage.objects.exists(), "Kim's account has no address to tell"


def test_a_mail_server_that_is_down_stops_no_answer(row: ContactPerson, officer: User) -> None:
    """The notice waits in the post, and says nothing of what was written."""
    User.objects.filter(pk=kim().pk).update(email="kim@example.se")
    found = correspondence.incoming(row)
    answer(found, written("Hemligt svar."), actor=officer, expected_version=found.version)
    notice = OutboxMessage.objects.get()
    assert (notice.to_address, notice.state) == ("kim@example.se", "queued")
    assert "Hemligt" not in notice.body + notice.subject and "Norrskenets" in notice.body


def test_of_two_officers_one_answers_and_the_other_is_told(row: ContactPerson, officer: User) -> None:
    found = correspondence.incoming(row)
    answer(found, written("Svar ett."), actor=officer, expected_version=1)
    stale = Message.objects.get(pk=found.pk)
    with pytest.raises(ChangedMeanwhile):
        answer(stale, written("Svar två."), actor=person(Role.MANAGER), expected_version=1)
    assert Message.objects.filter(reply_to=found).count() == 1


def test_a_conflict_of_interest_closes_the_message(row: ContactPerson, officer: User) -> None:
    """L-17: who has declared one sees and does nothing in that matter."""
    found = correspondence.incoming(row)
    assert found.case is not None
    records.declare_conflict(found.case, officer, actor=officer, reason="min bror arbetar där")
    assert not waiting(officer).exists() and waiting(person(Role.MANAGER)).exists()
    with pytest.raises(PermissionDenied):
        answer(found, written("Svar."), actor=officer, expected_version=found.version)
    with pytest.raises(PermissionDenied):
        correspondence.question(row)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.REGISTRAR, Role.BOARD_MEMBER, Role.MEMBER_CONTACT, None])
def test_only_officers_and_managers_answer(row: ContactPerson, role: Role | None) -> None:
    found = correspondence.incoming(row)
    with pytest.raises(PermissionDenied):
        answer(found, written("Svar."), actor=person(role), expected_version=found.version)


def test_a_correction_is_adopted_with_its_paper_as_source(row: ContactPerson, officer: User) -> None:
    found = correspondence.correction(row)
    wanted = Settlement(Verdict.ADOPTED, uuid4(), value="Norrskenets Åkeri i Kiruna AB")
    sent = corrections.settle(found, wanted, actor=officer, expected_version=found.version)
    organisation = row.organisation
    organisation.refresh_from_db()
    assert organisation.legal_name == "Norrskenets Åkeri i Kiruna AB"
    assert organisation.source == f"Organisationen själv, {found.record}"
    assert list(organisation.other_names.values_list("name", flat=True)) == ["Norrskenets Åkeri AB"]
    assert "rättat uppgiften (Namn)" in sent.text
    found.refresh_from_db()
    with pytest.raises(Refused, match="redan klart"):
        corrections.settle(
            found, Settlement(Verdict.BY_HAND, uuid4()), actor=officer, expected_version=found.version
        )


def test_a_correction_that_cannot_stand_changes_nothing(row: ContactPerson, officer: User) -> None:
    found = correspondence.correction(row, fact="org_nr", proposed="5560360794")
    wanted = Settlement(Verdict.ADOPTED, uuid4(), value="5560360794")
    with pytest.raises(Refused):
        corrections.settle(found, wanted, actor=officer, expected_version=found.version)
    found.refresh_from_db()
    assert found.settled_at is None and not Message.objects.filter(direction="out").exists()


def test_declining_needs_reasons_and_the_member_reads_them(row: ContactPerson, officer: User) -> None:
    found = correspondence.correction(row)
    with pytest.raises(Refused, match="varför"):
        corrections.settle(
            found, Settlement(Verdict.DECLINED, uuid4()), actor=officer, expected_version=found.version
        )
    no = Settlement(Verdict.DECLINED, uuid4(), words="Bolagsverket har ett annat namn.")
    sent = corrections.settle(found, no, actor=officer, expected_version=found.version)
    assert sent.text.endswith("Skälet är: Bolagsverket har ett annat namn.")


def test_a_question_waits_until_the_organisation_answers(row: ContactPerson, officer: User) -> None:
    asked = correspondence.question(row)
    assert standing(row.organisation).questions == (asked,)
    reply = write_to_city(row.organisation, written("Tolv."), actor=kim(), reply_to=asked)
    assert not standing(row.organisation).questions
    assert reply.case_id == asked.case_id and waiting(officer).get() == reply
    other = correspondence.contact_as(person(Role.MEMBER_CONTACT, again=1), register.member("Ek AB"))
    with pytest.raises(Refused):
        write_to_city(other.organisation, written("Tolv."), actor=other.user, reply_to=asked)


def test_a_message_is_closed_without_an_answer_by_reasons(row: ContactPerson, officer: User) -> None:
    found = correspondence.incoming(row, "Tack!")
    close_without_answer(found, "Ett tack behöver inget svar.", actor=officer, expected_version=1)
    assert not waiting(officer).exists()


def test_reading_is_noted_once(row: ContactPerson, officer: User) -> None:
    asked = correspondence.question(row)
    mark_read([asked], actor=kim())
    first = Message.objects.get(pk=asked.pk).read_at
    mark_read([asked], actor=kim())
    assert Message.objects.get(pk=asked.pk).read_at == first
    assert Entry.objects.filter(action="members.message.read").count() == 1


def test_papers_are_the_own_ones_without_drafts_and_marked_ones(row: ContactPerson, officer: User) -> None:
    """L-04, L-05: a draft is no paper; one with a mark must be tested before anybody outside gets it."""
    mine = correspondence.incoming(row)
    assert mine.case is not None and mine.record is not None
    other = records.Receipt("Tips om åkeriet", "Någon annan", from_person=True)
    records.register_received(other, actor=None, case=mine.case)
    records.draw_up(mine.case, records.Paper("Utkast", recipient=row.organisation.legal_name), actor=officer)
    reply = answer(mine, written("Svar."), actor=officer, expected_version=mine.version)
    assert set(papers_of(row.organisation)) == {mine.record, reply.record}
    facts = records.MarkFacts("OSL 31:16", "Affärsuppgifter")
    records.propose_secrecy(reply.record, facts, actor=officer)
    assert set(papers_of(row.organisation)) == {mine.record}


def test_every_write_has_one_entry_last(row: ContactPerson, officer: User) -> None:
    found = correspondence.incoming(row)
    answer(found, written("Svar."), actor=officer, expected_version=found.version)
    actions = list(Entry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions[-1] == "members.message.answered" and actions.count("members.message.received") == 1
    assert timezone.now() >= Entry.objects.latest("sequence").at
