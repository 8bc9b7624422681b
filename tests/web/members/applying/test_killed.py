"""A server that is killed while an application is sent: whole or absent; what was acknowledged is there."""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from tests.processes import product_environment
from tests.web.members.applying import objects

from pakten.audit.verification import verify
from pakten.letters.models import OutboxMessage
from pakten.members.models import Application, ApplicationDraft, ApplicationState, Pledge
from pakten.organisations.models import ContactPerson, Organisation
from pakten.records.models import Case, PublicEntry, Record, StoredFile

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
KILLS = 15
CSRF = "a" * 32


class Server:
    """The product on the test's database, on a port of its own."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "pakten.project.wsgi",
            "--bind",
            f"127.0.0.1:{self.port}",
        ]
        environment = product_environment() | {"PAKTEN_VAR": str(settings.VAR_DIR), "PAKTEN_DEBUG": "1"}
        process = subprocess.Popen(
            [*command, "--no-control-socket", "--log-level", "error", "--threads", "2"],
            env=environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(300):
            try:
                self.ask("GET", "/ansok/")
                return process
            except OSError:
                time.sleep(0.1)
        process.kill()
        raise AssertionError("the server did not answer")

    def ask(self, method: str, address: str, **fields: str) -> tuple[int, str]:
        """The status and where it leads; raises OSError or HTTPException when the server dies first."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            body = urlencode(fields | {"csrfmiddlewaretoken": CSRF}) if method == "POST" else None
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={CSRF}"}
            connection.request(method, address, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location", "")
        finally:
            connection.close()

    def kill(self) -> None:
        """SIGKILL, to the server and its workers at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def test_whole_or_absent_and_never_lost_once_acknowledged() -> None:
    chance = random.Random(2026)
    outcomes: Counter[str] = Counter()
    length = 0.0
    for number in range(1, KILLS + 1):
        draft, token = objects.begun(serial=number)
        server = Server()
        told: list[str] = []
        sending = threading.Thread(target=send, args=(server, token, told))
        begun = time.monotonic()
        sending.start()
        if number == 1:
            # The first is let through: it tells how long a new server takes.
            sending.join()
            length = time.monotonic() - begun
        elif number > 2:
            time.sleep(chance.uniform(0.1, 1.1) * length)
        server.kill()
        sending.join()
        draft = ApplicationDraft.objects.get(pk=draft.pk)
        outcomes["acknowledged"] += bool(told)
        outcomes["absent" if draft.application is None else "whole"] += 1
        if draft.application is None:
            assert not told, "acknowledged and lost"
            check_absent(draft)
        else:
            check_whole(draft)
        finish(draft, token)
    assert verify().ok
    assert Application.objects.count() == Case.objects.count() == KILLS
    assert outcomes["whole"] and outcomes["absent"] and outcomes["acknowledged"], outcomes


def send(server: Server, token: str, told: list[str]) -> None:
    """Send the application; what the server acknowledged is told."""
    version = ApplicationDraft.objects.latest("pk").version
    try:
        status, where = server.ask("POST", f"/ansok/{token}/kontrollera/", version=str(version))
        if status == 302 and where == f"/ansok/{token}/":
            told.append(where)
    except (OSError, HTTPException):
        return
    finally:
        connection.close()


def check_absent(draft: ApplicationDraft) -> None:
    number = draft.answers["nummer"]["org_nr"]
    assert not Organisation.objects.filter(org_nr=number).exists()
    assert not Record.objects.filter(submission=draft.submission).exists()
    assert not Application.objects.filter(submission=draft.submission).exists()


def check_whole(draft: ApplicationDraft) -> None:
    application = draft.application
    assert application is not None and not draft.answers
    assert application.state == ApplicationState.REGISTERED and application.record.number
    assert PublicEntry.objects.filter(record=application.record).exists()
    assert (
        Pledge.objects.filter(organisation=application.organisation, record=application.record).count() == 2
    )
    assert ContactPerson.objects.filter(organisation=application.organisation).count() == 1
    assert OutboxMessage.objects.filter(case=application.case).count() == 1
    for file in StoredFile.objects.filter(record=application.record):
        with file.file.open() as stream:
            assert len(stream.read()) == file.length


def finish(draft: ApplicationDraft, token: str) -> None:
    """Whoever got no answer sends again: it is one application."""
    answer = Client().post(f"/ansok/{token}/kontrollera/", {"version": draft.version})
    assert answer.status_code == 302
    assert Application.objects.filter(submission=draft.submission).count() == 1
