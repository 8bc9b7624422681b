"""A mail server that is down, slow, unwilling or forgetful: queued, shown, retried, one delivery."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tests.people import person
from tests.web.letters import post
from tests.web.letters.mail_server import MailServer, free_port, mail_server
from tests.web.records import diary

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.audit.verification import verify
from pakten.letters import queries, services
from pakten.letters.models import OutboxMessage, State
from pakten.letters.services import sending
from pakten.records.models import Record
from pakten.records.models import State as Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings: Any) -> Iterator[MailServer]:
    with mail_server() as opened:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", opened.port, 0.5
        yield opened


def make_due() -> None:
    OutboxMessage.objects.filter(state=State.QUEUED).update(next_try_at=timezone.now())


def again(message: OutboxMessage) -> OutboxMessage:
    message.refresh_from_db()
    return message


def test_a_working_server_gets_it_once(server: MailServer) -> None:
    message = post.in_case(attachments=(diary.paper(),))
    assert (services.send_due(), services.send_due()) == (1, 0)
    assert again(message).state == State.SENT
    [mail] = server.received
    assert mail["Message-ID"].startswith(f"<{message.public_id}@")
    assert server.recipients == ["<karin@akeriet.example>"]
    assert message.record
    with message.record.files.get(original_name="skickat.eml").file.open() as kept:
        assert server.raw == [kept.read()], "kept as sent, to the byte"


def fault_refuses(server: MailServer, settings: Any) -> None:
    settings.EMAIL_PORT = free_port()


def fault_451(server: MailServer, settings: Any) -> None:
    server.rcpt = "451 come back"


def fault_451_on_data(server: MailServer, settings: Any) -> None:
    server.data = "451 come back"


def fault_hangs(server: MailServer, settings: Any) -> None:
    server.silent = True


def fault_name(server: MailServer, settings: Any) -> None:
    settings.EMAIL_HOST = "no-such-host.invalid"


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (fault_refuses, "Mejlservern går inte att nå."),
        (fault_451, "Adressen tar inte emot just nu (svar 451 från mejlservern)."),
        (fault_451_on_data, "Mejlservern svarade 451 och tog inte emot meddelandet."),
        (fault_hangs, "Mejlservern svarade inte i tid."),
        (fault_name, "Mejlservern går inte att nå."),
    ],
)
def test_a_fault_is_shown_and_tried_again_until_it_is_delivered_once(
    server: MailServer, settings: Any, fault: Callable[..., None], told: str
) -> None:
    message = post.in_case()
    fault(server, settings)
    assert services.send_due() == 0
    again(message)
    assert (message.state, message.attempts, message.last_error) == (State.QUEUED, 1, told)
    assert message.next_try_at and message.next_try_at > timezone.now()
    assert services.send_due() == 0, "not before its time"
    assert again(message).attempts == 1
    record = Record.objects.get()
    assert record.state == Paper.DRAFT, "what has not left is no outgoing record"
    server.rcpt, server.data, server.silent = "250 ok", "250 ok", False
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    make_due()
    assert services.send_due() == 1
    again(message)
    assert (message.state, message.attempts, message.last_error) == (State.SENT, 2, "")
    assert len(server.received) == 1
    assert Record.objects.get().state == Paper.RECORD


def test_a_recipient_that_is_refused_for_good_is_given_up_at_once(server: MailServer) -> None:
    server.rcpt = "550 no such user"
    message = post.in_case()
    services.send_due()
    again(message)
    assert (message.state, message.attempts) == (State.FAILED, 1)
    assert message.last_error == "Adressen tar inte emot (svar 550 från mejlservern)."
    make_due()
    services.send_due()
    assert server.tries == 1
    assert Entry.objects.filter(action="letters.message.given_up").count() == 1


def test_one_refused_message_holds_up_no_other(server: MailServer) -> None:
    first = post.queued(to_address="first@akeriet.example")
    server.data = "552 too large"
    services.send_due()
    server.data = "250 ok"
    OutboxMessage.objects.update(state=State.QUEUED, next_try_at=timezone.now() - timedelta(hours=1))
    OutboxMessage.objects.update(subject="x", to_address="a" * 240 + "@b.example")
    second = post.queued()
    services.send_due()
    assert again(second).state == State.SENT
    assert again(first).state in {State.SENT, State.FAILED}


def test_when_the_server_is_away_the_others_wait_with_the_same_sentence(
    server: MailServer, settings: Any
) -> None:
    settings.EMAIL_PORT = free_port()
    for number in range(5):
        post.queued(subject=f"Brev {number}")
    services.send_due()
    assert set(OutboxMessage.objects.values_list("last_error", flat=True)) == {"Mejlservern går inte att nå."}
    assert sorted(OutboxMessage.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    settings.EMAIL_PORT = server.port
    make_due()
    assert services.send_due() == 5
    assert sorted(mail["Subject"] for mail in server.received) == [f"Brev {number}" for number in range(5)]


def test_the_pause_grows_and_after_three_days_it_is_given_up(server: MailServer) -> None:
    minutes = [sending.pause_after(number) / timedelta(minutes=1) for number in range(1, 7)]
    assert minutes == [1, 5, 15, 60, 60, 60]
    server.rcpt = "451 come back"
    message = post.queued()
    OutboxMessage.objects.update(try_until=timezone.now() - timedelta(seconds=1))
    services.send_due()
    assert again(message).state == State.FAILED
    assert message.next_try_at is None and not queries.anything_due()


def test_a_sender_that_died_after_the_servers_yes_sends_again_with_the_same_number(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """kill -9 between the mail server's yes and the write: twice at worst, never lost."""
    message = post.in_case()

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "_write_sent", die)
    with pytest.raises(KeyboardInterrupt):
        services.send_due()
    monkeypatch.undo()
    assert again(message).state == State.SENDING
    assert services.send_due() == 0, "the lease is not out"
    OutboxMessage.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert services.send_due() == 1
    assert again(message).state == State.SENT
    assert len({mail["Message-ID"] for mail in server.received}) == 1
    assert len(server.received) == 2


def test_a_server_that_hangs_up_before_its_answer_is_asked_again(server: MailServer) -> None:
    server.hang_up_after_data = True
    message = post.queued()
    services.send_due()
    assert again(message).state == State.QUEUED
    assert message.last_error == "Mejlservern bröt förbindelsen."


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once(server: MailServer) -> None:
    case = diary.case()
    for number in range(12):
        post.in_case(case, subject=f"Brev {number}")
    together = threading.Barrier(3)

    def work(_: int) -> int:
        together.wait()
        try:
            return services.send_due()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        assert sum(pool.map(work, range(3))) == 12
    assert sorted(mail["Subject"] for mail in server.received) == sorted(f"Brev {n}" for n in range(12))
    numbers = sorted(Record.objects.values_list("record_no", flat=True))
    assert numbers == list(range(1, 13))
    assert verify().ok


def test_what_a_person_stops_is_not_sent_and_what_is_tried_again_is(server: MailServer) -> None:
    actor = person(Role.REGISTRAR)
    message = post.in_case()
    services.stop(message, actor=actor, reason="Fel mottagare.", expected_version=1)
    assert services.send_due() == 0
    services.redirect(message, "ny@akeriet.example", actor=actor, expected_version=2)
    assert services.send_due() == 1
    assert server.recipients == ["<ny@akeriet.example>"]
    actions = Entry.objects.filter(object_type="letters.outboxmessage").order_by("sequence")
    assert [entry.action.rpartition(".")[2] for entry in actions] == [
        "queued",
        "stopped",
        "redirected",
        "sent",
    ]


def test_sent_stays_sent_where_the_diary_can_not_take_it(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise it would be sent again each time."""
    from pakten.records.refusals import RecordsRefused

    def refuse(*_: object, **__: object) -> None:
        raise RecordsRefused("Handlingen är gallrad.")

    message = post.in_case()
    monkeypatch.setattr(sending, "register_dispatch", refuse)
    assert (services.send_due(), services.send_due()) == (1, 0)
    assert again(message).state == State.SENT
    assert "kunde inte föras in i diariet: Handlingen är gallrad." in message.last_error
