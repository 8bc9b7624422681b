"""Cases, drafts, files and answers: what may happen, who may do it, and of two who try one is told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from tests.people import person
from tests.web.records import diary
from tests.web.records.diary import asked, case, draft, marked, received

from pakten.accounts.models import Role
from pakten.audit.queries import entries_for
from pakten.audit.services import verify
from pakten.records import policies, services
from pakten.records.models import Case, CaseState, HarmTest, Outcome, Record, State
from pakten.records.refusals import ChangedMeanwhile, RecordsRefused

pytestmark = pytest.mark.django_db

OUTSIDERS = [
    Role.MEMBER_CONTACT,
    Role.BOARD_MEMBER,
    Role.RECEIVING_UNIT,
    Role.AUDITOR,
    Role.ADMINISTRATOR,
    None,
]


@pytest.fixture
def officer(db: None):
    return person(Role.CASE_OFFICER)


def writes() -> dict[str, Callable[..., object]]:
    made, ours, record = draft(), case(), received()
    paper = services.Paper("x", recipient="y")
    return {
        "register": lambda who: services.register_received(services.Receipt("x"), actor=who),
        "open": lambda who: services.open_case(services.CaseFacts("x"), actor=who),
        "assign": lambda who: services.assign(ours, person(Role.MANAGER), actor=who, expected_version=1),
        "close": lambda who: services.close_case(ours, actor=who, expected_version=1),
        "draw_up": lambda who: services.draw_up(ours, paper, actor=who),
        "revise": lambda who: services.revise(made, paper, actor=who, expected_version=1),
        "dispatch": lambda who: services.dispatch(made, "y", actor=who, expected_version=1),
        "finish": lambda who: services.make_record(made, actor=who, expected_version=1),
        "discard": lambda who: services.discard(made, actor=who, expected_version=1),
        "sent": lambda who: services.register_sent(ours, paper, actor=who),
        "mark": lambda who: services.mark_secrecy(record, diary.facts(), actor=who),
        "propose": lambda who: services.propose_secrecy(record, diary.facts(), actor=who),
        "answer": lambda who: services.answer_request(
            asked(), diary.answer(record), actor=who, expected_version=1
        ),
    }  # fmt: skip


@pytest.mark.parametrize("role", OUTSIDERS)
def test_others_may_not_write(role: Role | None) -> None:
    for name, write in writes().items():
        before = Record.objects.count()
        with pytest.raises(PermissionDenied):
            write(person(role))
        assert Record.objects.count() == before + (name == "answer"), "only the request itself is new"


def test_a_registrar_does_not_touch_somebody_elses_draft() -> None:
    with pytest.raises(PermissionDenied):
        services.dispatch(draft(), "x", actor=person(Role.REGISTRAR), expected_version=1)


def test_a_draft_is_changed_and_its_files_replaced(officer, django_capture_on_commit_callbacks) -> None:
    made = services.draw_up(case(), services.Paper("Första"), actor=officer, files=[diary.paper()])
    old = Path(made.files.get().file.path)
    with django_capture_on_commit_callbacks(execute=True):
        services.revise(
            made,
            services.Paper("Andra", recipient="Föreningen Långbordet"),
            actor=officer,
            expected_version=1,
            files=[diary.paper("ny.txt", b"ny")],
        )
    assert not old.exists()
    made.refresh_from_db()
    assert (made.short_content, made.files.get().original_name) == ("Andra", "ny.txt")
    with pytest.raises(ChangedMeanwhile, match="Någon annan har ändrat"):
        services.dispatch(made, "x", actor=officer, expected_version=1)


def test_a_discarded_draft_is_gone_for_all_and_never_becomes_a_record(
    officer, django_capture_on_commit_callbacks
) -> None:
    made = services.draw_up(case(), services.Paper("Fel"), actor=officer, files=[diary.paper()])
    path = Path(made.files.get().file.path)
    with django_capture_on_commit_callbacks(execute=True):
        services.discard(made, actor=officer, expected_version=1)
    assert not path.exists()
    services.close_case(made.case, actor=officer, expected_version=made.case.version)
    made.refresh_from_db()
    assert made.state == State.DISCARDED
    with pytest.raises(PermissionDenied):
        policies.check_may_see(officer, made)


def test_a_letter_needs_a_recipient(officer) -> None:
    with pytest.raises(RecordsRefused, match="vem handlingen går till"):
        services.dispatch(draft(), " ", actor=officer, expected_version=1)
    with pytest.raises(RecordsRefused, match="vem handlingen går till"):
        services.register_sent(case(), services.Paper("Brev", "letter"), actor=None)


def test_the_system_may_register_what_it_sent_but_draws_up_nothing() -> None:
    sent = services.register_sent(case(), services.Paper("Kvitto", "letter", recipient="Bo Ek"), actor=None)
    assert sent.direction == "out" and sent.number
    with pytest.raises(PermissionDenied):
        services.draw_up(case(), services.Paper("x"), actor=None)


def test_a_closed_case_takes_no_drafts_until_it_is_opened_again_with_a_reason(officer) -> None:
    ours = case()
    services.close_case(ours, actor=officer, expected_version=ours.version)
    with pytest.raises(RecordsRefused, match="avslutat"):
        services.draw_up(ours, services.Paper("x"), actor=officer)
    with pytest.raises(RecordsRefused, match="redan avslutat"):
        services.close_case(ours, actor=officer, expected_version=ours.version)
    with pytest.raises(RecordsRefused, match="varför"):
        services.reopen_case(ours, actor=officer, expected_version=ours.version, reason=" ")
    services.reopen_case(ours, actor=officer, expected_version=ours.version, reason="Nytt i saken")
    assert Case.objects.get().state == CaseState.OPEN
    assert [e.action for e in entries_for(ours)][:2] == ["records.case.reopened", "records.case.closed"]


def test_of_two_who_close_at_once_one_is_told(officer) -> None:
    ours = case()
    stale = Case.objects.get(pk=ours.pk)
    services.close_case(ours, actor=officer, expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        services.close_case(stale, actor=officer, expected_version=1)


def test_a_case_with_a_waiting_request_stays_open(officer) -> None:
    ours = asked().record.case
    with pytest.raises(RecordsRefused, match="väntar på svar"):
        services.close_case(ours, actor=officer, expected_version=ours.version)


def test_the_responsible_is_somebody_who_may_write(officer) -> None:
    with pytest.raises(PermissionDenied):
        services.assign(case(), person(Role.BOARD_MEMBER), actor=officer, expected_version=1)


@pytest.mark.parametrize(
    ("name", "kept", "media_type"),
    [
        ("ansökan.pdf", "ansökan.pdf", "application/pdf"),
        ("../../etc/passwd", "passwd", "application/octet-stream"),
        ("C:\\papper\\avtal.docx", "avtal.docx", None),
        ("fdp.\u202eexe\x00.txt", "fdp.exe .txt", "text/plain"),
        ("", "fil 1", "application/octet-stream"),
        ("x" * 500 + ".html", "x" * 199 + "…", "application/octet-stream"),
    ],
)
def test_a_file_is_kept_as_it_came_under_a_random_name(name: str, kept: str, media_type: str | None) -> None:
    file = received(files=[services.NewFile(name, ContentFile(diary.PDF))]).files.get()
    assert file.original_name == kept
    assert media_type in (None, file.media_type)
    assert (file.length, file.sha256) == (len(diary.PDF), hashlib.sha256(diary.PDF).hexdigest())
    assert kept not in file.file.name and Path(file.file.path).read_bytes() == diary.PDF


def test_a_file_that_was_changed_on_disk_is_not_handed_out(officer) -> None:
    file = received(files=[diary.paper()]).files.get()
    Path(file.file.path).write_bytes(b"something else")
    with pytest.raises(RecordsRefused, match="kontrollsumman"):
        services.open_file(file, actor=officer)
    Path(file.file.path).unlink()
    with pytest.raises(RecordsRefused, match="går inte att läsa"):
        services.open_file(file, actor=officer)


def test_too_many_and_too_large_files_are_refused_with_nothing_registered(monkeypatch) -> None:
    monkeypatch.setattr("pakten.records.services.files.LARGEST_FILE", 10)
    for files in ([diary.paper()], [diary.paper(data=b"x")] * (policies.MOST_FILES + 1)):
        with pytest.raises(RecordsRefused):
            received(files=files)
    assert not Record.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"outcome": "waiting"}, "Välj vad svaret blev"),
        ({"test": ""}, "prövade"),
        ({"outcome": "refused"}, "bestämmelsen"),
        ({"outcome": "partly"}, "bestämmelsen"),
        ({"records": ()}, "vilken handling"),
    ],
)
def test_an_answer_is_complete(change: dict[str, object], sentence: str) -> None:
    request, record = asked(), received()
    answer = services.Answer(
        **{"outcome": Outcome.GIVEN, "test": "x", "minutes": 1, "records": (record,)} | change
    )
    with pytest.raises(RecordsRefused, match=sentence):
        services.answer_request(request, answer, actor=person(Role.REGISTRAR), expected_version=1)
    request.refresh_from_db()
    assert request.outcome == Outcome.WAITING and not HarmTest.objects.exists()


def test_an_answer_never_concerns_a_draft() -> None:
    with pytest.raises(RecordsRefused, match="registrerade handlingar"):
        services.answer_request(
            asked(), diary.answer(draft()), actor=person(Role.REGISTRAR), expected_version=1
        )


def test_an_answer_is_registered_with_its_test_and_ends_the_case() -> None:
    request, first, second = asked(), received(), received()
    marked(first)
    sent = services.answer_request(
        request,
        diary.answer(first, second, outcome="partly", provision="OSL 31:16", minutes=45),
        actor=person(Role.REGISTRAR),
        expected_version=1,
        files=[diary.paper("maskad.pdf")],
    )
    request.refresh_from_db()
    assert (request.outcome, request.minutes_used) == (Outcome.PARTLY, 45)
    assert {test.record for test in request.tests.all()} == {first, second}
    assert (sent.direction, sent.record_no) == ("out", 2)
    assert Case.objects.get(pk=sent.case_id).state == CaseState.CLOSED
    with pytest.raises(RecordsRefused, match="redan besvarad"):
        services.answer_request(
            request, diary.answer(first), actor=person(Role.REGISTRAR), expected_version=2
        )


def test_the_log_holds_together_after_a_days_work(officer) -> None:
    made = draft(received().case, recipient="Bo Ek")
    services.dispatch(made, "", actor=officer, expected_version=1)
    marked(made)
    services.answer_request(asked(), diary.answer(made), actor=person(Role.REGISTRAR), expected_version=1)
    assert verify().ok
