"""What is missing in an application is asked for in writing, reminded of once, and after that it lapses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.letters.refusals import LettersRefused
from pakten.members.deadlines import deadlines, due
from pakten.members.models import Application, ApplicationState, CompletionRequest, CompletionState
from pakten.members.policies import applications as policies
from pakten.members.queries.applications import completions_out_of_time, completions_to_remind
from pakten.members.services.application_states import hold_what_follows, move
from pakten.members.services.applications_effects import close
from pakten.members.services.applications_handling import follow, hold
from pakten.members.services.applications_letters import send_completion, send_lapsed, send_reminder
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.words import one_line, several_lines

MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class CompletionFacts:
    """What is missing, one line each, and until when; without a day ten working days (see deadlines)."""

    missing: tuple[str, ...]
    message: str = ""
    answer_by: date | None = None


@transaction.atomic
def ask_completion(
    application: Application, facts: CompletionFacts, *, actor: User, expected_version: int
) -> CompletionRequest:
    """Ask for what is missing: an outgoing paper in the diary, sent by e-mail or put in the post.

    Raises PermissionDenied, Refused without anything missing or for a day that has been, ChangedMeanwhile.
    """
    policies.check_may_handle(actor, application)
    hold(application)
    missing = [line for text in facts.missing[:MOST_LINES] if (line := one_line(text, 300))]
    answer_by = facts.answer_by or due(deadlines().completion)
    if not missing:
        raise Refused("Skriv vad som saknas.")
    if answer_by <= timezone.localdate():
        raise Refused("Sista dagen att svara ska vara en dag som kommer.")
    if application.handler is None:
        follow(application, actor, actor=actor)
    move(
        application,
        ApplicationState.AWAITING_COMPLETION,
        actor=actor,
        expected_version=expected_version,
        columns={"due_on": answer_by, "handler": application.handler or actor},
    )
    completion = CompletionRequest.objects.create(
        application=application,
        missing=missing,
        message=several_lines(facts.message)[:5000],
        answer_by=answer_by,
        asked_by=actor,
    )
    try:
        sent = send_completion(completion, actor=actor)
    except LettersRefused as refusal:
        raise Refused(refusal.sentence) from refusal
    completion.record_out = sent.record
    completion.save(update_fields=["record_out"])
    after = {"missing": missing, "answer_by": answer_by}
    log("members.completion.asked", completion, actor=actor, after=after)
    return completion


def remind_all() -> int:
    """Remind of each request whose day is near, once; how many were reminded. Safe to run again."""
    return sum(map(_remind, completions_to_remind(deadlines())))


def lapse_all() -> int:
    """Let each application lapse whose answer did not come in time; how many. Safe to run again."""
    return sum(map(_lapse, completions_out_of_time(deadlines())))


@transaction.atomic
def _remind(completion: CompletionRequest) -> bool:
    hold(completion.application)
    now = timezone.now()
    waiting = CompletionRequest.objects.filter(
        pk=completion.pk, state=CompletionState.WAITING, reminded_at=None
    )
    if not waiting.update(reminded_at=now):
        return False
    send_reminder(completion)
    log("members.completion.reminded", completion, actor=None, after={"answer_by": completion.answer_by})
    return True


@transaction.atomic
def _lapse(completion: CompletionRequest) -> bool:
    application = completion.application
    hold(application)
    hold_what_follows(application)
    application.refresh_from_db()
    completion.refresh_from_db()
    waits = completion.state == CompletionState.WAITING
    if not waits or application.state != ApplicationState.AWAITING_COMPLETION:
        return False
    update_versioned(completion, completion.version, state=CompletionState.EXPIRED)
    send_lapsed(application, completion.answer_by)
    move(
        application,
        ApplicationState.LAPSED,
        actor=None,
        expected_version=application.version,
        reason=f"Inget svar till och med {completion.answer_by}",
    )
    close(application.case, reason="Ansökan är förfallen")
    return True
