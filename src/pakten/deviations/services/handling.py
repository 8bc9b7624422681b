"""What one officer does with a deviation: confirms, assesses, closes, opens again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.deviations.models import CLOSED, EVENTS, Act, Deviation, Level, ProposalState, Seriousness
from pakten.deviations.policies import check_may_handle, check_taken_alone
from pakten.deviations.services.cases import close_case_of
from pakten.deviations.services.papers import register_paper
from pakten.deviations.services.writing import claim, keep, move, words, write
from pakten.organisations.refusals import Refused


@dataclass(frozen=True, slots=True)
class Assessment:
    """One person's assessment: how much it matters, in what words, and when somebody looks again."""

    seriousness: Seriousness
    text: str
    follow_up_on: date | None = None


@transaction.atomic
def confirm(
    deviation: Deviation, assessment: Assessment, *, actor: User | None, expected_version: int
) -> None:
    """Say that the observation is a deviation: it becomes a paper in the diary.

    Raises PermissionDenied for the system, without the role or with a conflict of interest, Refused for what
    is no observation or without words, ChangedMeanwhile.
    """
    person = check_may_handle(actor, deviation.organisation)
    check_taken_alone(deviation, Level.DEVIATION)
    if deviation.level != Level.OBSERVATION:
        raise Refused("Det är redan bekräftat som en avvikelse.")
    columns = _columns(deviation, assessment)
    claim(deviation, expected_version)
    write(deviation, **columns)
    paper = register_paper(deviation, actor=person)
    before = move(deviation, Level.DEVIATION, confirmed_by=person, confirmed_at=timezone.now(), record=paper)
    keep(deviation, Act.MOVED, by=person, reason=columns["assessment"], before=before)
    after = {"record": paper.number, "seriousness": columns["seriousness"]}
    log(EVENTS[Level.DEVIATION], deviation, actor=person, after=after, reason=columns["assessment"])


@transaction.atomic
def assess(deviation: Deviation, assessment: Assessment, *, actor: User, expected_version: int) -> None:
    """Assess anew: seriousness, words, the day to look again. What was said before is in the history.

    Raises PermissionDenied, Refused for a closed deviation, a day that has been or no words, and
    ChangedMeanwhile.
    """
    check_may_handle(actor, deviation.organisation)
    if not deviation.is_open:
        raise Refused("Avvikelsen är avslutad. Öppna den igen först.")
    columns = _columns(deviation, assessment)
    before = {name: getattr(deviation, name) for name in columns}
    claim(deviation, expected_version)
    write(deviation, **columns)
    told = {"seriousness": columns["seriousness"], "follow_up_on": str(columns["follow_up_on"] or "")}
    keep(deviation, Act.ASSESSED, by=actor, reason=columns["assessment"], facts=told)
    log("deviations.deviation.assessed", deviation, actor=actor, before=before, after=columns)


@transaction.atomic
def step_alone(
    deviation: Deviation, level: Level, *, actor: User | None, reason: str, expected_version: int
) -> None:
    """Take a step that needs no decision: close, open again, or back to an observation.

    Raises PermissionDenied, Refused for a step that takes a decision or while one is proposed, and
    ChangedMeanwhile. To confirm an observation is :func:`confirm`.
    """
    person = check_may_handle(actor, deviation.organisation)
    check_taken_alone(deviation, level)
    if deviation.level == Level.OBSERVATION and level == Level.DEVIATION:
        raise Refused("Bekräfta iakttagelsen med en bedömning.")
    if deviation.proposals.filter(state=ProposalState.PROPOSED).exists():
        raise Refused("Ett förslag om avvikelsen väntar på beslut. Ta tillbaka det först.")
    reason = words(reason, missing="Skriv varför.")
    claim(deviation, expected_version)
    before = move(deviation, level, **_cleared(level))
    keep(deviation, Act.MOVED, by=person, reason=reason, before=before)
    if level in CLOSED:
        close_case_of(deviation, actor=person)
    log(EVENTS[level], deviation, actor=person, before={"level": before}, reason=reason)


def _cleared(level: Level) -> dict[str, Any]:
    """What an end, or a step back, takes away."""
    if level in CLOSED:
        return {"follow_up_on": None}
    return {"confirmed_by": None, "confirmed_at": None} if level == Level.OBSERVATION else {}


def _columns(deviation: Deviation, assessment: Assessment) -> dict[str, Any]:
    if assessment.seriousness not in Seriousness.values:
        raise Refused("Välj hur allvarligt det är.")
    day = assessment.follow_up_on
    if day is not None and day != deviation.follow_up_on and day < timezone.localdate():
        raise Refused("Uppföljningen ska ske en dag som kommer.")
    return {
        "seriousness": assessment.seriousness,
        "assessment": words(assessment.text, missing="Skriv vad du bedömer och varför."),
        "follow_up_on": day,
    }
