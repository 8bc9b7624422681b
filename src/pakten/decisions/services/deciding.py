"""A named person decides by the delegation order; the engine never can (KL 6:38, L-01)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions import policies
from pakten.decisions.models import ANSWERS, EVENTS, Decision, DecisionKind, DecisionRule, State, When
from pakten.decisions.refusals import AlreadyDecided, DecisionRefused
from pakten.decisions.services.forcing import carry_out, register, told
from pakten.records.models import Case
from pakten.records.policies import check_no_conflict, check_open
from pakten.records.words import one_line, several_lines

TEXT_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What is decided. ``prepared_by`` controlled or proposed; ``note`` is a remark or conditions.

    ``subject_type`` is the area's own word for what it is about, such as ``members.application``, and
    ``subject_id`` its identifier there. ``reasons`` may be empty only for an acceptance without deviation.
    """

    case: Case
    kind: DecisionKind
    subject_type: str
    subject_id: str
    subject_label: str
    text: str
    reasons: str
    prepared_by: User
    has_deviation: bool
    note: str = ""


def decide(facts: DecisionFacts, *, actor: User, submission: UUID | None = None) -> Decision:
    """Decide: in force at once, or waiting for a second person where the rule asks for one.

    In force it is registered in the diary and its effect takes place, in the same transaction: let the
    effect change what follows, so that the case's row is always locked first. The same ``submission`` again
    gives the same decision. Raises PermissionDenied without the right or with a conflict of interest,
    AlreadyDecided when somebody was first, RecordsRefused (DecisionRefused) for the preparer where four
    eyes are asked for, without reasons, or in a closed case.
    """
    if known := _known(submission, actor):
        return known
    return _decide(facts, actor=actor, submission=submission)


@transaction.atomic
def _decide(facts: DecisionFacts, *, actor: User, submission: UUID | None) -> Decision:
    decider = policies.check_person(actor)
    check_no_conflict(decider, facts.case)
    kind, now = DecisionKind(facts.kind), timezone.now()
    item = policies.check_may_decide(decider, kind, on=timezone.localdate(now))
    rule = DecisionRule.objects.get(kind=kind)
    policies.check_four_eyes(rule, decider, prepared_by=facts.prepared_by, has_deviation=facts.has_deviation)
    policies.check_no_conflict_since(facts.case, prepared_by=facts.prepared_by)
    # The case's row is the lock: of two who decide in it at once, the other waits here.
    check_open(facts.case)
    if known := _known(submission, decider):
        return known
    _check_first(facts)
    decision = _drafted(facts, rule=rule)
    decision.item, decision.decided_by, decision.decided_at = item, decider, now
    decision.submission = submission
    if decision.needs_second:
        return _propose(decision)
    decision.record = register(decision, actor=decider)
    _insert(decision)
    carry_out(decision, actor=decider)
    return decision


def _propose(decision: Decision) -> Decision:
    _insert(decision)
    log(EVENTS[State.AWAITING_SECOND], decision, actor=decision.decided_by, after=told(decision))
    return decision


def _insert(decision: Decision) -> None:
    try:
        with transaction.atomic():
            decision.save(force_insert=True)
    except IntegrityError as error:
        # Two cases may be about the same thing: then the database is the last to know.
        raise AlreadyDecided(_somebody_was_first(decision.subject_label)) from error


def _check_first(facts: DecisionFacts) -> None:
    others = Decision.objects.filter(subject_type=facts.subject_type, subject_id=facts.subject_id)
    if waiting := others.filter(state=State.AWAITING_SECOND).select_related("decided_by").first():
        raise AlreadyDecided(
            f"{waiting.decided_by} har redan fattat ett beslut om {facts.subject_label}. "
            "Det väntar på en andra person."
        )
    if facts.kind not in ANSWERS:
        return
    answered = others.filter(kind__in=ANSWERS, state=State.IN_FORCE).select_related("decided_by").first()
    if answered:
        raise AlreadyDecided(f"{answered.decided_by} har redan fattat beslut om {facts.subject_label}.")


def _drafted(facts: DecisionFacts, *, rule: DecisionRule) -> Decision:
    needs_second = When(rule.second_look).applies(has_deviation=facts.has_deviation)
    return Decision(
        case=facts.case,
        kind=facts.kind,
        subject_type=facts.subject_type,
        subject_id=facts.subject_id,
        subject_label=one_line(facts.subject_label, 300),
        prepared_by=facts.prepared_by,
        board=facts.case.series.authority,
        has_deviation=facts.has_deviation,
        needs_second=needs_second,
        is_execution=rule.is_execution and not facts.has_deviation,
        state=State.AWAITING_SECOND if needs_second else State.IN_FORCE,
        **_words(facts),
    )


def _words(facts: DecisionFacts) -> dict[str, str]:
    written = {name: getattr(facts, name) for name in ("text", "reasons", "note")}
    # Before they are cleaned, which shortens long lines: nothing of a decision is cut off in silence.
    if max(map(len, written.values())) > TEXT_LIMIT:
        raise DecisionRefused(f"Texten är för lång. Gränsen är {TEXT_LIMIT} tecken.")
    words = {name: several_lines(text) for name, text in written.items()}
    if not words["text"]:
        raise DecisionRefused("Skriv vad som beslutas.")
    clean = facts.kind == DecisionKind.MEMBERSHIP_ACCEPT and not facts.has_deviation
    if not words["reasons"] and not clean:
        raise DecisionRefused("Skriv skälen för beslutet.")
    if not words["note"] and facts.kind == DecisionKind.MEMBERSHIP_ACCEPT_WITH_NOTE:
        raise DecisionRefused("Skriv anmärkningen.")
    return words


def _known(submission: UUID | None, actor: User | None) -> Decision | None:
    if submission is None or actor is None:
        return None
    return Decision.objects.filter(submission=submission, decided_by=actor.pk).first()


def _somebody_was_first(label: str) -> str:
    return f"Någon annan har just fattat beslut om {label}. Ladda om sidan och läs det."
