"""Putting messages in the post: queued with the caller's transaction, kept in the diary, sent once."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy
from io import BytesIO
from uuid import uuid4

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pypdf import PdfReader
from tests.people import person
from tests.web.letters import post
from tests.web.records import diary

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.letters import services
from pakten.letters.models import OutboxMessage, State
from pakten.letters.refusals import LettersRefused
from pakten.records.models import Became, Direction, Record, StoredFile
from pakten.records.models import State as Paper
from pakten.records.refusals import RecordsRefused

pytestmark = pytest.mark.django_db

RunJobs = Callable[[], None]


def sent() -> list[django_mail.EmailMessage]:
    return django_mail.outbox


def bytes_of(file: StoredFile) -> bytes:
    with file.file.open() as stream:
        return bytes(stream.read())


def test_a_plain_mail_goes_out_and_is_no_record(run_jobs: RunJobs) -> None:
    message = post.queued()
    assert (message.state, message.record) == (State.QUEUED, None)
    run_jobs()
    message.refresh_from_db()
    assert message.state == State.SENT and message.sent_at and message.attempts == 1
    assert [each.subject for each in sent()] == ["Vi har tagit emot er ansökan"]
    assert sent()[0].extra_headers["Message-ID"].startswith(f"<{message.public_id}@")
    assert not Record.objects.exists()
    actions = [entry.action for entry in Entry.objects.order_by("sequence")]
    assert actions == ["letters.message.queued", "letters.message.sent"]


def test_a_mail_in_a_case_is_a_draft_until_it_has_left_and_then_kept_as_sent(run_jobs: RunJobs) -> None:
    """L-04: a draft is no record; TF 2:10: it is one when dispatched."""
    message = post.in_case(attachments=(diary.paper("mål.pdf"),))
    assert message.record and message.record.state == Paper.DRAFT
    run_jobs()
    record = Record.objects.get()
    assert (record.state, record.became, record.direction) == (
        Paper.RECORD,
        Became.DISPATCHED,
        Direction.OUT,
    )
    assert record.sender_or_recipient == "Karin Berg"
    files = {file.original_name: file for file in record.files.all()}
    assert list(files) == ["meddelande.txt", "mål.pdf", "skickat.eml"]
    kept = message_from_bytes(bytes_of(files["skickat.eml"]), policy=policy.default)
    assert kept["To"] == "Karin Berg <karin@akeriet.example>"
    assert [part.get_filename() for part in kept.iter_attachments()] == ["mål.pdf"]


def test_posting_the_same_form_twice_is_one_message() -> None:
    case, number = diary.case(), uuid4()
    first, again = (post.in_case(case, submission=number) for _ in range(2))
    assert first == again
    assert (OutboxMessage.objects.count(), Record.objects.count()) == (1, 1)


def test_many_messages_need_one_look_at_the_post(run_jobs: RunJobs) -> None:
    for _ in range(5):
        post.queued()
    assert DBTaskResult.objects.count() == 1
    run_jobs()
    assert len(sent()) == 5


@pytest.mark.django_db(transaction=True)
def test_what_is_posted_in_a_transaction_that_fails_was_never_posted(run_jobs: RunJobs) -> None:
    with pytest.raises(RuntimeError, match="undo"), transaction.atomic():
        post.queued()
        raise RuntimeError("undo")
    run_jobs()
    assert not OutboxMessage.objects.exists() and not sent()


def test_a_letter_is_a_pdf_in_the_case_and_goes_with_the_mail(officer: User, run_jobs: RunJobs) -> None:
    case = diary.case()
    message = services.send_letter(
        case, post.letter(), mail=post.mail(), actor=officer, record_type="decision"
    )
    run_jobs()
    record = case.records.get()
    assert record.record_type.code == "decision"
    pdf = record.files.get(media_type="application/pdf")
    assert pdf.original_name == "Beslut AMN 2022-0042.pdf"
    data = bytes_of(pdf)
    assert "Organisationen blir medlem." in PdfReader(BytesIO(data)).pages[0].extract_text()
    [attached] = sent()[0].attachments
    assert (attached[0], attached[1]) == (pdf.original_name, data)
    message.refresh_from_db()
    assert message.state == State.SENT


def test_without_address_the_letter_waits_for_a_hand_and_is_registered_by_it(
    officer: User, run_jobs: RunJobs
) -> None:
    message = post.on_paper()
    run_jobs()
    message.refresh_from_db()
    assert (message.state, message.is_by_hand) == (State.QUEUED, True)
    assert not sent()
    with pytest.raises(PermissionDenied):
        services.mark_posted(message, actor=person(Role.ADMINISTRATOR), expected_version=1)
    services.mark_posted(message, actor=officer, expected_version=1)
    record = Record.objects.get()
    assert (message.state, record.state, record.became) == (State.SENT, Paper.RECORD, Became.DISPATCHED)
    with pytest.raises(LettersRefused):
        services.mark_posted(message, actor=officer, expected_version=2)


@pytest.mark.parametrize("word", ["subject", "to_name"])
def test_a_line_break_can_not_add_a_head_line(run_jobs: RunJobs, word: str) -> None:
    post.queued(**{word: "Hej\r\nBcc: alla@staden.example\n\nText\u2028x\x0b\x85"})
    run_jobs()
    [mail] = sent()
    assert mail.recipients() == ["karin@akeriet.example"] or "karin@akeriet.example" in mail.recipients()[0]
    assert "Bcc" not in mail.message()
    assert len(mail.recipients()) == 1


@pytest.mark.parametrize(
    "address",
    ["", "karin", "a@b", "a@b.example\nBcc: c@d.example", "a@b.example, c@d.example", "ä@b.example", "\x00",
     "a@b.example\x00", "x" * 300 + "@b.example", "a b@c.example", "<a@b.example>", "раураl@b.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_a_sentence(address: str) -> None:
    if not address:
        with pytest.raises(ValueError, match="belongs to a case"):
            post.queued(to_address=address)
        return
    with pytest.raises(LettersRefused, match="går inte att skicka till"):
        post.queued(to_address=address)
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"subject": " \n "}, "både ett ämne och en text"),
        ({"body": "\x00 "}, "både ett ämne och en text"),
        ({"body": "a" * 100_001}, "för lång"),
    ],
)
def test_empty_and_endless_messages_are_refused(more: dict[str, str], told: str) -> None:
    with pytest.raises(LettersRefused, match=told):
        post.queued(**more)


def test_too_large_attachments_are_refused_and_nothing_is_left() -> None:
    case = diary.case()
    with pytest.raises(LettersRefused, match="10 MB"):
        post.in_case(case, attachments=(diary.paper(data=b"x" * 10_000_001),))
    assert not case.records.exists()


def test_nothing_is_sent_in_a_closed_case(officer: User) -> None:
    from pakten.records.services import close_case

    case = diary.case()
    close_case(case, actor=officer, expected_version=case.version)
    with pytest.raises(RecordsRefused, match="avslutat"):
        post.in_case(case)


def test_a_case_that_is_closed_while_the_mail_waits_keeps_it_as_sent(
    officer: User, run_jobs: RunJobs
) -> None:
    from pakten.records.services import close_case

    message = post.in_case()
    assert message.case
    message.case.refresh_from_db()
    close_case(message.case, actor=officer, expected_version=message.case.version)
    run_jobs()
    record = Record.objects.get()
    message.refresh_from_db()
    assert (message.state, record.became) == (State.SENT, Became.CASE_CLOSED)
    assert record.files.filter(original_name="skickat.eml").exists()


def test_what_was_taken_away_or_changed_in_the_case_is_not_sent(officer: User, run_jobs: RunJobs) -> None:
    from pakten.records.services import Paper as NewPaper
    from pakten.records.services import discard, revise

    gone, changed = post.in_case(), post.in_case(attachments=(diary.paper("a.pdf"),))
    assert gone.record and changed.record
    discard(gone.record, actor=officer, expected_version=1)
    other = [diary.paper("a.pdf", b"something else")]
    revise(changed.record, NewPaper("x"), actor=officer, expected_version=1, files=other)
    run_jobs()
    gone.refresh_from_db()
    changed.refresh_from_db()
    assert (gone.state, changed.state) == (State.FAILED, State.FAILED)
    assert "rensat" in gone.last_error and "ändrad eller borttagen" in changed.last_error
    assert not sent()


def test_nobody_without_a_role_or_with_a_conflict_of_interest_posts_in_a_case(officer: User) -> None:
    """L-17: jäv."""
    from pakten.records.services import declare_conflict

    case = diary.case()
    with pytest.raises(PermissionDenied):
        services.post(post.mail(case=case), actor=person(Role.MEMBER_CONTACT))
    declare_conflict(case, officer, actor=officer, reason="Min syster leder föreningen.")
    with pytest.raises(PermissionDenied, match="jäv"):
        services.post(post.mail(case=case), actor=officer)
    assert not OutboxMessage.objects.exists()


def test_the_log_has_no_text_of_the_message() -> None:
    post.in_case(body="Hemligt innehåll")
    assert not any(
        "Hemligt" in str([entry.after, entry.before, entry.reason]) for entry in Entry.objects.all()
    )


def test_what_the_diary_disposed_of_is_forgotten_by_the_post(officer: User, run_jobs: RunJobs) -> None:
    """L-35: disposal leaves no copy behind."""
    from pakten.records.services import discard

    sent_one, discarded, kept = post.in_case(), post.in_case(), post.in_case()
    assert sent_one.record and discarded.record
    discard(discarded.record, actor=officer, expected_version=1)
    run_jobs()
    Record.objects.filter(pk=sent_one.record.pk).update(
        state=Paper.DISPOSED, disposed_at=timezone.now(), disposal_decision="G 1/2026"
    )
    assert (services.forget_disposed(), services.forget_disposed()) == (2, 0)
    for message in (sent_one, discarded, kept):
        message.refresh_from_db()
    assert (sent_one.body, sent_one.to_address, sent_one.to_name) == ("", "gallrad", "")
    assert (discarded.body, kept.body) == ("", "Hej!\n\nVi har tagit emot er ansökan.")
    with pytest.raises(LettersRefused):
        services.retry(discarded, actor=officer, expected_version=discarded.version)
    client = Client()
    client.force_login(officer)
    assert "Texten är gallrad." in client.get(f"/utskick/{sent_one.public_id}/").content.decode()
