"""kill -9 while the mail server has the message: sent twice at worst with one number, never lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.processes import product_environment
from tests.web.letters import post
from tests.web.letters.mail_server import MailServer, mail_server

from pakten.audit.verification import verify
from pakten.jobs.models import Schedule
from pakten.letters.models import OutboxMessage, State
from pakten.records.models import Record
from pakten.records.models import State as Paper

pytestmark = pytest.mark.django_db(transaction=True)


def worker(server: MailServer, *arguments: str) -> subprocess.Popen[str]:
    environment = product_environment() | {"PAKTEN_SMTP": f"smtp+plain://127.0.0.1:{server.port}"}
    command = [sys.executable, "-m", "pakten.project.manage", "worker", "--interval", "0.1", *arguments]
    return subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.PIPE, text=True)


def test_a_worker_killed_with_the_message_in_the_servers_hands_loses_nothing() -> None:
    with mail_server() as server:
        server.hold_after_data = True
        message = post.in_case()
        first = worker(server)
        for _ in range(2_400):
            if server.received:
                break
            time.sleep(0.05)
        first.kill()
        _, said = first.communicate()
        assert len(server.received) == 1, f"the server had it when the worker died\n{said}"
        message.refresh_from_db()
        assert (message.state, Record.objects.get().state) == (State.SENDING, Paper.DRAFT)
        server.hold_after_data = False
        OutboxMessage.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        # A minute later the timetable, not the first worker's task, finds it.
        Schedule.objects.filter(name="letters.send").update(next_at=timezone.now())
        second = worker(server, "--batch")
        second.communicate(timeout=60)
        message.refresh_from_db()
        assert (second.returncode, message.state, message.attempts) == (0, State.SENT, 2)
        assert Record.objects.get().state == Paper.RECORD
        assert len(server.received) == 2
        assert len({mail["Message-ID"] for mail in server.received}) == 1
        assert verify().ok
