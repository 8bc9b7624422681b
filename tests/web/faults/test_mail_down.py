"""An application is sent while the mail server is down: taken, shown, and delivered once when it is back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from tests.people import person, sign_in
from tests.web.letters.mail_server import free_port, mail_server
from tests.web.members.applying import objects
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.jobs.models import Job, Schedule
from pakten.jobs.timetable import tick
from pakten.letters.models import OutboxMessage, State
from pakten.members.models import Application

pytestmark = pytest.mark.django_db


def test_taken_at_once_and_delivered_once(settings: Any, run_jobs: Callable[[], None]) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 0.5
    draft, token = objects.begun()
    visitor = CheckedClient()
    sent = visitor.post(f"/ansok/{token}/kontrollera/", {"version": draft.version}, follow=True)
    application = Application.objects.get()
    assert sent.status_code == 200 and application.case.registry_no in sent.content.decode()
    tick()
    run_jobs()
    message = OutboxMessage.objects.get()
    assert (message.state, message.attempts) == (State.QUEUED, 1)
    outbox = page_of("/utskick/")
    assert message.subject in outbox and "Mejlservern går inte att nå." in outbox
    assert "Nästa försök görs" in page_of(f"/utskick/{message.public_id}/")
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        when_due(run_jobs)
        when_due(run_jobs)
        message.refresh_from_db()
        assert message.state == State.SENT
        assert server.recipients == ["<ann@exempel.se>"]
        assert application.case.registry_no in server.received[0].get_payload(decode=True).decode()  # type: ignore[union-attr]
    assert not Job.objects.filter(state="failed").exists()
    assert "Mejlservern går inte att nå." not in page_of("/utskick/")


def page_of(address: str) -> str:
    officer = CheckedClient()
    sign_in(officer, person(Role.CASE_OFFICER))
    return str(officer.get(address).content.decode())


def when_due(run_jobs: Callable[[], None]) -> None:
    """The pause is over, and the timetable comes to the post."""
    OutboxMessage.objects.filter(state=State.QUEUED).update(next_try_at=timezone.now())
    Schedule.objects.exclude(name="letters.send").update(is_on=False)
    Schedule.objects.update(next_at=timezone.now())
    tick()
    run_jobs()
