"""Secrecy marks: proposed by an officer, set and lifted by the registrar. They warn, they never decide."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.records.models import MarkState, Record, SecrecyMark, State
from pakten.records.policies import check_mark_transition, check_may_write, check_no_conflict, check_registrar
from pakten.records.refusals import ChangedMeanwhile, RecordsRefused
from pakten.records.services.public import publish_case
from pakten.records.words import one_line


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """OSL 5:5. ``authority`` empty = the board of the case's series, ``dated_on`` None = today."""

    provision: str
    reason: str
    dated_on: date | None = None
    authority: str = ""
    keeps_sender_apart: bool = True
    keeps_content_apart: bool = False


@transaction.atomic
def mark_secrecy(record: Record, facts: MarkFacts, *, actor: User) -> SecrecyMark:
    """Set a mark. Raises PermissionDenied for anybody but the registrar, RecordsRefused without provision."""
    check_registrar(actor)
    check_no_conflict(actor, record.case)
    return _made(record, facts, actor=actor, state=MarkState.IN_FORCE)


@transaction.atomic
def propose_secrecy(record: Record, facts: MarkFacts, *, actor: User) -> SecrecyMark:
    """Propose a mark to the registrar; meanwhile the public diary is as careful as if it were set."""
    check_may_write(actor)
    check_no_conflict(actor, record.case)
    return _made(record, facts, actor=actor, state=MarkState.PROPOSED)


def confirm_mark(mark: SecrecyMark, *, actor: User) -> None:
    """Set a mark that was proposed. Raises PermissionDenied, RecordsRefused or ChangedMeanwhile."""
    _settle(mark, MarkState.IN_FORCE, actor=actor, reason="")


def decline_mark(mark: SecrecyMark, *, actor: User, reason: str) -> None:
    """Say no to a proposal, with a reason. Raises as :func:`confirm_mark`."""
    _settle(mark, MarkState.DECLINED, actor=actor, reason=reason)


def lift_mark(mark: SecrecyMark, *, actor: User, reason: str) -> None:
    """Lift a mark, with a reason; its row stays as history. Raises as :func:`confirm_mark`."""
    _settle(mark, MarkState.LIFTED, actor=actor, reason=reason)


_EVENTS = {
    MarkState.IN_FORCE: "records.mark.confirmed",
    MarkState.DECLINED: "records.mark.declined",
    MarkState.LIFTED: "records.mark.lifted",
}


@transaction.atomic
def _settle(mark: SecrecyMark, state: MarkState, *, actor: User, reason: str) -> None:
    check_registrar(actor)
    check_no_conflict(actor, mark.record.case)
    check_mark_transition(mark, state)
    if state is not MarkState.IN_FORCE and not reason.strip():
        raise RecordsRefused("Skriv varför. Skälet sparas.")
    now = SecrecyMark.objects.filter(pk=mark.pk, state=mark.state)
    before = {"state": mark.state}
    settled = {
        "state": state,
        "settled_by": actor,
        "settled_at": timezone.now(),
        "settled_because": one_line(reason, 500),
    }
    if not now.update(**settled):
        raise ChangedMeanwhile("markeringen")
    mark.refresh_from_db()
    publish_case(mark.record.case)
    log(_EVENTS[state], mark.record, actor=actor, before=before, after={"state": state}, reason=reason)


def _made(record: Record, facts: MarkFacts, *, actor: User, state: MarkState) -> SecrecyMark:
    if record.state != State.RECORD:
        raise RecordsRefused("Bara en registrerad handling kan få en sekretessmarkering.")
    provision, reason = one_line(facts.provision, 100), one_line(facts.reason, 500)
    if not provision:
        raise RecordsRefused("Ange bestämmelsen, till exempel OSL 28:12.")
    if not reason:
        raise RecordsRefused("Skriv varför handlingen kan behöva skyddas.")
    if record.marks.filter(provision=provision, state__in=(MarkState.PROPOSED, MarkState.IN_FORCE)).exists():
        raise RecordsRefused(f"Handlingen har redan en markering enligt {provision}.")
    made = SecrecyMark.objects.create(
        record=record,
        state=state,
        provision=provision,
        dated_on=facts.dated_on or timezone.localdate(),
        authority=one_line(facts.authority, 200) or record.case.series.authority,
        keeps_sender_apart=facts.keeps_sender_apart,
        keeps_content_apart=facts.keeps_content_apart,
        reason=reason,
        made_by=actor,
    )
    publish_case(record.case)
    event = "records.mark.set" if state is MarkState.IN_FORCE else "records.mark.proposed"
    log(event, record, actor=actor, after=asdict(facts), reason=reason)
    return made
