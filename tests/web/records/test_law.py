"""What the law asks of the diary, one test for each requirement that it names."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from tests.people import person
from tests.web.members.register import sole_trader_number
from tests.web.records import diary
from tests.web.records.diary import asked, case, draft, due, marked, proposed, received

import pakten.records
from pakten.accounts.models import Role
from pakten.audit.queries import entries_for
from pakten.records import services
from pakten.records.models import (
    TRANSITIONS,
    Became,
    CaseState,
    HarmTest,
    Outcome,
    PublicEntry,
    Record,
    RecordRequest,
    State,
)
from pakten.records.queries import diary as queries
from pakten.records.queries import public
from pakten.records.refusals import RecordsRefused

pytestmark = pytest.mark.django_db

PERSONAL = f"{sole_trader_number()[:6]}-{sole_trader_number()[6:]}"
REGISTRAR, OFFICER = Role.REGISTRAR, Role.CASE_OFFICER


def public_text(client: Client, address: str = "/oppet-diarium/") -> str:
    return " ".join(client.get(address).content.decode().split())


def on_case(record: Record) -> set[str]:
    return {found.short_content for found in queries.records(queries.DiaryFilters(search=record.number))}


def test_l03_what_comes_in_is_registered_at_once_without_manual_work() -> None:
    before = timezone.now()
    record = received("Skrivelse om praktikplatser", "Föreningen Långbordet", files=[diary.paper()])
    year = timezone.localdate().year
    assert record.number == f"AMN {year}/0001-1"
    assert record.state == State.RECORD and record.became == Became.RECEIVED
    assert before <= record.received_or_drawn_up_at <= timezone.now()
    assert (record.sender_or_recipient, record.direction) == ("Föreningen Långbordet", "in")
    assert record.short_content == "Skrivelse om praktikplatser"
    assert record.files.get().sha256 == hashlib.sha256(diary.PDF).hexdigest()
    entry = entries_for(record).get()
    assert (entry.action, entry.actor) == ("records.record.received", None)
    row = PublicEntry.objects.get(record=record)
    assert (row.number, row.counterpart) == (record.number, "Föreningen Långbordet")


def test_l03_registration_never_fails_for_a_long_an_unknown_or_a_strange_sender() -> None:
    assert received("x" * 1_000_000, "").sender_or_recipient == "Okänd"
    long = received("Ordet " * 100_000, "å" * 5_000)
    assert len(long.short_content) <= 300 and len(long.sender_or_recipient) <= 200
    assert received("Rad ett\r\nrad\x00två\u202egnp.exe", "A\tB").short_content == "Rad ett rad tvågnp.exe"


def test_l03_a_paper_to_a_closed_case_opens_it_again_also_when_the_caller_has_not_seen_it_closed() -> None:
    ours = case()
    stale = type(ours).objects.get(pk=ours.pk)
    services.close_case(ours, actor=person(OFFICER), expected_version=ours.version)
    record = received(case=stale)
    ours.refresh_from_db()
    assert ours.state == CaseState.OPEN and record.number.endswith("-1")


def test_l03_sender_and_content_are_kept_apart_in_the_public_diary_by_a_mark(client: Client) -> None:
    record = received("Klagomål från Snödroppens Bageri", "Snödroppens Bageri AB")
    services.register_sent(
        record.case,
        services.Paper("Svar", "letter", recipient="Snödroppens Bageri AB"),
        actor=person(OFFICER),
    )
    assert "Snödroppens" in public_text(client)
    mark = marked(record)
    shown = public_text(client)
    assert record.number in shown and "Visas inte här" in shown
    assert "Snödroppens" not in shown, "neither in the row, nor in its content, nor in the answer's row"
    assert "Snödroppens" not in public_text(client, "/oppet-diarium/?sok=snodroppens").partition("</form>")[2]
    services.lift_mark(mark, actor=person(REGISTRAR), reason="Bolaget har gått ut med det självt")
    assert "Snödroppens" in public_text(client)


def test_l03_a_proposed_mark_already_makes_the_public_diary_careful(client: Client) -> None:
    record = received("Avtal om lokal", "Snödroppens Bageri AB")
    mark = proposed(record, keeps_content_apart=True)
    assert "Snödroppens" not in public_text(client) and "lokal" not in public_text(client)
    services.decline_mark(mark, actor=person(REGISTRAR), reason="Inget att skydda")
    assert "Avtal om lokal" in public_text(client)


def test_l03_a_private_persons_name_is_not_in_the_public_diary(client: Client) -> None:
    received("Fråga från Vilhelmina Tallbacka", "Vilhelmina Tallbacka", from_person=True)
    shown = public_text(client)
    assert "Tallbacka" not in shown and "Privatperson" in shown


def test_l04_the_only_ways_from_draft_to_record_are_those_of_the_law() -> None:
    assert TRANSITIONS[State.DRAFT] == {State.RECORD, State.DISCARDED}
    assert State.DRAFT not in set().union(*TRANSITIONS.values()), "a record never becomes a draft"
    assert set(Became) == {
        Became.RECEIVED, Became.DISPATCHED, Became.FINISHED, Became.CASE_CLOSED, Became.ARCHIVED,
    }  # fmt: skip


def test_l04_a_draft_is_in_no_diary_search_or_export(client: Client, signed_in_client) -> None:
    made = draft(content="Hemligt förslag till svar")
    assert made.number == "" and made.record_no is None
    officer = signed_in_client(OFFICER)
    words = "förslag"
    assert words not in public_text(client)
    assert words not in public_text(client, "/oppet-diarium/?sok=AMN")
    assert words not in public_text(officer, "/diarium/").partition("</form>")[2]
    assert words not in public_text(officer, "/diarium/?visa=arenden").partition("</form>")[2]
    for form in ("csv", "maskin"):
        assert words not in officer.get(f"/diarium/hamta/{form}/").content.decode()
    assert not PublicEntry.objects.exists() and not queries.registered().exists()


@pytest.mark.parametrize("way", ["dispatched", "finished", "archived", "case_closed"])
def test_l04_a_draft_becomes_a_record_when_dispatched_finished_archived_or_the_case_is_closed(
    way: str,
) -> None:
    made, who = draft(recipient="Föreningen Långbordet"), person(OFFICER)
    if way == "dispatched":
        services.dispatch(made, "", actor=who, expected_version=made.version)
    elif way == "case_closed":
        services.close_case(made.case, actor=who, expected_version=made.case.version)
    else:
        services.make_record(made, actor=who, expected_version=made.version, became=Became(way))
    made.refresh_from_db()
    assert (made.state, made.became, made.record_no) == (State.RECORD, way, 1)
    assert PublicEntry.objects.get(record=made).number == made.number
    with pytest.raises(RecordsRefused):
        services.discard(made, actor=who, expected_version=made.version)
    with pytest.raises(RecordsRefused):
        services.revise(made, services.Paper("Nytt"), actor=who, expected_version=made.version)


def test_l04_the_database_refuses_a_numbered_draft() -> None:
    made = draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=made.pk).update(record_no=1, registered_at=timezone.now())


@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.MANAGER, True), (Role.DIRECTOR, True), (REGISTRAR, False), (Role.AUDITOR, False),
     (Role.BOARD_SECRETARY, False), (Role.ADMINISTRATOR, False)],
)  # fmt: skip
def test_l04_a_draft_is_read_by_those_who_prepare_cases(role: Role, sees: bool, signed_in_client) -> None:
    made = draft(content="Hemligt förslag")
    client = signed_in_client(role)
    assert (client.get(f"/diarium/handling/{made.pk}/").status_code == 200) == sees
    assert ("Hemligt förslag" in public_text(client, f"/diarium/arende/{made.case_id}/")) == sees


def test_l05_a_mark_has_provision_date_and_authority_and_its_history_stays() -> None:
    record = received()
    mark = marked(record)
    assert (mark.provision, mark.dated_on, mark.authority) == (
        "OSL 28:12", timezone.localdate(), "Arbetsmarknadsnämnden",
    )  # fmt: skip
    services.lift_mark(mark, actor=person(REGISTRAR), reason="Tiden har gått")
    marked(record, provision="OSL 31:16")
    assert [(m.provision, m.state) for m in record.marks.order_by("pk")] == [
        ("OSL 28:12", "lifted"), ("OSL 31:16", "in_force"),
    ]  # fmt: skip
    assert [e.action for e in entries_for(record)][:3] == [
        "records.mark.set", "records.mark.lifted", "records.mark.set",
    ]  # fmt: skip
    for missing in ({"provision": " "}, {"reason": ""}):
        with pytest.raises(RecordsRefused):
            marked(record, **missing)


def test_l05_only_the_registrar_sets_lifts_and_declines_an_officer_proposes() -> None:
    record, officer = received(), person(OFFICER)
    with pytest.raises(PermissionDenied):
        services.mark_secrecy(record, diary.facts(), actor=officer)
    mark = proposed(record)
    for act in (services.confirm_mark,):
        with pytest.raises(PermissionDenied):
            act(mark, actor=officer)
    services.confirm_mark(mark, actor=person(REGISTRAR))
    with pytest.raises(PermissionDenied):
        services.lift_mark(mark, actor=officer, reason="x")


def test_l05_a_mark_warns_and_does_not_block_and_opening_a_marked_file_is_logged(signed_in_client) -> None:
    record = received(files=[diary.paper()])
    marked(record)
    client = signed_in_client(OFFICER)
    assert "varning, inget beslut" in public_text(client, f"/diarium/handling/{record.pk}/")
    answer = client.get(f"/diarium/handling/{record.pk}/fil/{record.files.get().pk}/")
    assert b"".join(answer.streaming_content) == diary.PDF
    assert entries_for(record).first().action == "records.file.opened"


def test_l05_a_marked_record_may_be_given_but_each_request_has_its_own_harm_test() -> None:
    record, who = received(), person(REGISTRAR)
    marked(record)
    for number in (1, 2):
        request = asked(f"Ansökan, gång {number}")
        with pytest.raises(RecordsRefused, match="prövade"):
            services.answer_request(
                request, diary.answer(record, test=" "), actor=who, expected_version=request.version
            )
        services.answer_request(
            request, diary.answer(record, test=f"Prövning {number}"), actor=who, expected_version=1
        )
    assert [test.note for test in record.harm_tests.order_by("pk")] == ["Prövning 1", "Prövning 2"]
    assert HarmTest.objects.filter(by=who).count() == 2


def test_l06_the_form_asks_for_the_record_and_never_for_who(client: Client) -> None:
    page = client.get("/begar-handling/")
    form = page.context["form"]
    assert list(form.fields) == ["submission", "text", "email"] and not form.fields["email"].required
    assert "Du behöver inte säga vem du är" in page.content.decode()
    columns = {field.name for field in RecordRequest._meta.get_fields()}
    assert not {name for name in columns if "name" in name or "phone" in name or "address" in name}


def test_l06_a_request_without_name_or_mail_is_registered_and_lands_in_the_queue(
    client: Client, signed_in_client
) -> None:
    answer = client.post(
        "/begar-handling/",
        {"submission": "6f1c3a52-0000-4000-8000-000000000001", "text": "Ansökan från i maj"},
        follow=True,
    )
    request = RecordRequest.objects.get()
    assert request.record.case.registry_no in answer.content.decode()
    assert "Det här händer nu" in answer.content.decode()
    assert request.record.sender_or_recipient == "Frågas inte efter"
    assert "Ansökan från i maj" in public_text(signed_in_client(REGISTRAR), "/diarium/begaran/")
    assert "i maj" not in public_text(client), "the words of a request may tell who asks"


def test_l08_a_correction_keeps_what_was_and_who_and_why() -> None:
    record = received("Ansökan om medlemsskap", "Norskenets Åkeri")
    correction = services.Correction("Ansökan om medlemskap", "Norrskenets Åkeri AB", False)
    with pytest.raises(PermissionDenied):
        services.correct(record, correction, actor=person(OFFICER), reason="x", expected_version=2)
    with pytest.raises(RecordsRefused, match="varför"):
        services.correct(record, correction, actor=person(REGISTRAR), reason=" ", expected_version=2)
    services.correct(
        record, correction, actor=person(REGISTRAR), reason="Stavfel", expected_version=record.version
    )
    entry = entries_for(record).first()
    assert entry.before["sender_or_recipient"] == "Norskenets Åkeri" and entry.reason == "Stavfel"
    assert PublicEntry.objects.get(record=record).counterpart == "Norrskenets Åkeri AB"


def test_l08_an_export_has_words_and_no_bare_codes(signed_in_client) -> None:
    received()
    text = signed_in_client(REGISTRAR).get("/diarium/hamta/maskin/").content.decode()
    assert "Inkommande" in text and "Ansökan" in text
    assert not {
        code for code in ("incoming", ",in,", "in_force", "received") if code in text.partition("\n")[2]
    }


def test_l29_no_personal_number_reaches_register_public_diary_export_address_or_log(
    client: Client, signed_in_client
) -> None:
    record = received(
        f"Fråga om {PERSONAL}",
        f"Bo Ek {PERSONAL}",
        case_title=f"Ärende {PERSONAL}",
        files=[diary.paper(f"{PERSONAL}.pdf")],
    )
    asked(f"Allt om {PERSONAL}")
    with pytest.raises(RecordsRefused, match="personnummer"):
        services.import_number(
            record.case,
            services.OutsideNumber(PERSONAL, "Annat"),
            actor=person(REGISTRAR),
            expected_version=1,
        )
    staff = signed_in_client(REGISTRAR)
    answers = [
        public_text(client),
        public_text(client, f"/begar-handling/?handling={PERSONAL}").partition("</title>")[2],
        *(public_text(staff, f"/diarium/{rest}") for rest in ("", "?visa=arenden", "begaran/", "hamta/csv/")),
        public_text(staff, f"/diarium/handling/{record.pk}/"),
        public_text(staff, f"/diarium/arende/{record.case_id}/"),
        *(f"{e.before}{e.after}{e.object_label}" for e in entries_for(record)),
        record.search_key, record.case.search_key,
    ]  # fmt: skip
    for text in answers:
        assert PERSONAL not in text and PERSONAL.replace("-", "") not in text


def test_l35_nothing_is_destroyed_without_a_disposal_decision() -> None:
    record, registrar = due(), person(REGISTRAR)
    file = record.files.get()
    with pytest.raises(RecordsRefused, match="utan beslut"):
        services.dispose(record, "  ", actor=registrar, expected_version=record.version)
    with pytest.raises(PermissionDenied):
        services.dispose(record, "G 12/2026", actor=person(OFFICER), expected_version=record.version)
    assert Path(file.file.path).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.filter(pk=record.pk).update(state=State.DISPOSED, disposed_at=timezone.now())


def test_l35_by_decision_the_file_goes_and_the_row_stays(django_capture_on_commit_callbacks) -> None:
    record = due()
    path = Path(record.files.get().file.path)
    with django_capture_on_commit_callbacks(execute=True):
        services.dispose(record, "G 12/2026", actor=person(REGISTRAR), expected_version=record.version)
    assert not path.exists()
    assert record.files.get().sha256 and not record.files.get().file
    assert PublicEntry.objects.filter(record=record).exists()
    assert RecordRequest.objects.get(record=record).asked == "", "no copy is left in the queue"
    assert entries_for(record).first().after["decision"] == "G 12/2026"
    with pytest.raises(RecordsRefused, match="gallrad"):
        services.open_file(record.files.get(), actor=person(REGISTRAR))


def test_l35_a_record_of_a_case_that_was_opened_again_meanwhile_stays() -> None:
    read, registrar = due(), person(REGISTRAR)
    again = read.case
    again.refresh_from_db()
    services.reopen_case(again, actor=registrar, expected_version=again.version, reason="Ett nytt brev")
    with pytest.raises(RecordsRefused, match="Någon annan har ändrat"):
        services.dispose(read, "G 12/2026", actor=registrar, expected_version=read.version)
    read.refresh_from_db()
    assert read.state == State.RECORD and read.files.get().file


def test_l35_a_record_that_is_preserved_or_not_yet_due_stays() -> None:
    registrar = person(REGISTRAR)
    kept, early = received(), asked().record
    with pytest.raises(RecordsRefused, match="bevaras"):
        services.dispose(kept, "G 1", actor=registrar, expected_version=kept.version)
    with pytest.raises(RecordsRefused, match="inte avslutat"):
        services.dispose(early, "G 1", actor=registrar, expected_version=early.version)
    services.answer_request(
        early.request, diary.answer(outcome="missing"), actor=registrar, expected_version=1
    )
    early.refresh_from_db()
    assert early.dispose_after.year == timezone.localdate().year + 2
    with pytest.raises(RecordsRefused, match="tidigast efter"):
        services.dispose(early, "G 1", actor=registrar, expected_version=early.version)


def test_l35_when_the_time_is_out_the_registrar_is_told(signed_in_client) -> None:
    record = due()
    home = public_text(signed_in_client(REGISTRAR), "/")
    assert "handlingar ska gallras" in home
    assert record.number in public_text(signed_in_client(REGISTRAR), "/diarium/?gallras=on")
    assert "Handlingen ska gallras" in public_text(
        signed_in_client(REGISTRAR), f"/diarium/handling/{record.pk}/"
    )


def test_l35_no_code_removes_a_record_or_a_case() -> None:
    folder = Path(pakten.records.__file__).parent
    removals = {
        (path.name, line.strip())
        for path in folder.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if ".delete(" in line
    }
    assert removals == {
        ("drafts.py", "record.files.all().delete()"),  # the files of a draft that is being changed
        ("files.py", "default_storage.delete(path)"),
        ("throttle.py", "FormUse.objects.filter(since__lt=now - WINDOW).delete()"),
    }


@pytest.mark.parametrize("address", ["/begar-handling/"])
def test_l39_the_form_says_that_what_is_sent_becomes_a_public_record(client: Client, address: str) -> None:
    assert "blir en allmän handling" in public_text(client, address)


def test_the_public_diary_is_read_from_its_frozen_rows_alone(
    client: Client, django_assert_num_queries
) -> None:
    received()
    entries = list(public.entries(public.PublicFilters(search="ansokan medlem")))
    assert [entry.content for entry in entries] == ["Ansökan om medlemskap"]
    sql = str(public.entries(public.PublicFilters(search="x")).query)
    assert 'records_record"' not in sql and "JOIN" not in sql


def test_the_outcomes_of_a_request_that_waits() -> None:
    assert set(Outcome) == {Outcome.WAITING, Outcome.GIVEN, Outcome.PARTLY, Outcome.REFUSED, Outcome.MISSING}
