"""A process killed while somebody decides: all that follows is there, or none of it."""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction
from tests.people import person
from tests.processes import product_environment
from tests.web.members.handling import desk

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.audit.verification import verify
from pakten.decisions.models import EVENTS, Decision, State
from pakten.decisions.services import agree
from pakten.letters.models import OutboxMessage
from pakten.members.models import Application, ApplicationState, Membership
from pakten.members.services import applications
from pakten.records.models import Case, PublicEntry, Record

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
DECIDER = Path(__file__).parent / "decider.py"
KILLS = 15


@dataclass
class Attempt:
    """One decision that a process of its own is to make."""

    verb: str
    application: Application
    actor: User
    submission: UUID
    process: subprocess.Popen[str]

    @property
    def before(self) -> str:
        return ApplicationState.CONTROL_DONE if self.verb == "decide" else ApplicationState.PROPOSED

    def go(self) -> None:
        """Let it begin."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()

    def kill(self) -> bool:
        """SIGKILL; whether it had told that it was done."""
        self.process.kill()
        told, _ = self.process.communicate()
        return "ok" in told.split()


def test_whole_or_absent_and_never_lost_once_acknowledged() -> None:
    chance = random.Random(2026)
    outcomes: Counter[str] = Counter()
    length = {"decide": 0.0, "agree": 0.0}
    for number in range(KILLS):
        attempt = begun("agree" if number % 2 else "decide")
        attempt.go()
        if number < len(length):
            # One of each is let through: it tells how long it takes.
            length[attempt.verb] = until_told(attempt)
        elif number > 3:
            time.sleep(chance.uniform(0.0, 1.2) * length[attempt.verb])
        told = attempt.kill() or number < len(length)
        whole = is_decided(attempt.application)
        outcomes["acknowledged"] += told
        outcomes["whole" if whole else "absent"] += 1
        assert whole or not told, "acknowledged and lost"
        (check_whole if whole else check_absent)(attempt)
        finish(attempt)
        check_whole(attempt)
    assert verify().ok
    assert Decision.objects.filter(state=State.IN_FORCE).count() == Membership.objects.count() == KILLS
    assert outcomes["whole"] and outcomes["absent"] and outcomes["acknowledged"], outcomes


def begun(verb: str) -> Attempt:
    """A process that is ready for this, with what it is about."""
    if verb == "decide":
        application, actor = desk.controlled(), desk.manager()
        key = application.public_id
    else:
        application = desk.proposed(outcome=desk.WITH_NOTE, deviating=True, note="Stadgar skickas i mars.")
        key, actor = desk.decided(application, desk.WITH_NOTE).public_id, person(Role.DIRECTOR)
    submission = uuid4()
    process = subprocess.Popen(
        [sys.executable, str(DECIDER), verb, key, actor.username, str(submission)],
        env=product_environment() | {"PAKTEN_VAR": str(settings.VAR_DIR)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return Attempt(verb, application, actor, submission, process)


def until_told(attempt: Attempt) -> float:
    """Wait for the process to tell; in seconds."""
    begun = time.monotonic()
    assert attempt.process.stdout is not None
    assert attempt.process.stdout.readline() == "ok\n"
    return time.monotonic() - begun


def is_decided(application: Application) -> bool:
    # The server may still be ending the dead process's transaction: its locks are waited for.
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=application.case_id)
        found = Application.objects.select_for_update().get(pk=application.pk)
    return found.decision_id is not None


def answers_of(application: Application) -> int:
    return OutboxMessage.objects.filter(case=application.case, subject__startswith="Besked").count()


def check_absent(attempt: Attempt) -> None:
    application = desk.fresh(attempt.application)
    assert application.state == attempt.before
    assert not Decision.objects.filter(case=application.case, state=State.IN_FORCE).exists()
    assert not Record.objects.filter(case=application.case, record_type__code="decision").exists()
    assert not Membership.objects.filter(organisation=application.organisation).exists()
    assert answers_of(application) == 0 and application.case.state == "open"
    check_log()


def check_whole(attempt: Attempt) -> None:
    application = desk.fresh(attempt.application)
    decision = application.decision
    assert decision is not None and decision.state == State.IN_FORCE
    assert application.state == ApplicationState.ACTIVE
    assert application.membership == Membership.objects.get(organisation=application.organisation)
    record = decision.record
    assert record is not None and record.number and PublicEntry.objects.filter(record=record).exists()
    files = list(record.files.all())
    assert files
    for file in files:
        with file.file.open() as stream:
            content = stream.read()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (file.length, file.sha256)
    assert answers_of(application) == 1 and application.case.state == "closed"
    check_log()


def check_log() -> None:
    """The chain holds, and tells of each decision that is in force and of no other."""
    told = Entry.objects.filter(action=EVENTS[State.IN_FORCE]).values_list("object_id", flat=True)
    in_force = Decision.objects.filter(state=State.IN_FORCE).values_list("pk", flat=True)
    assert sorted(told) == sorted(map(str, in_force))
    assert verify().ok


def finish(attempt: Attempt) -> None:
    """Whoever got no answer presses again: it is one decision."""
    application = desk.fresh(attempt.application)
    if attempt.verb == "decide":
        ruling = applications.Ruling(desk.ACCEPT)
        applications.decide_application(
            application,
            ruling,
            actor=attempt.actor,
            submission=attempt.submission,
            expected_version=application.version,
        )
    elif application.decision is None:
        waiting = Decision.objects.get(case=application.case)
        agree(waiting, actor=attempt.actor, expected_version=waiting.version)
    assert Decision.objects.filter(case=application.case).count() == 1
