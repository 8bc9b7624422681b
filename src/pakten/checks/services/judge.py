"""A person's verdict on a likeness: judge, confirm, decline, withdraw. Rows are added, never deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.checks.hooks import tell_standing
from pakten.checks.models import Act, Likeness, LikenessJudgement, LikenessState, Verdict
from pakten.checks.policies import check_confirm, check_judge, check_no_conflict_about
from pakten.checks.refusals import ChecksRefused, Overtaken
from pakten.checks.services.outcome import recompute


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person says: verdict and reason; for *cannot tell* also what is needed, from whom, by when."""

    verdict: str
    reason: str
    needed: str = ""
    needed_from: str = ""
    needed_by: date | None = None

    def check(self) -> None:
        """Raise ChecksRefused, with one sentence, unless the opinion is complete."""
        if self.verdict not in Verdict.values:
            raise ChecksRefused("Välj om det är samma, en annan eller om det inte går att avgöra.")
        if not self.reason.strip():
            raise ChecksRefused("Skriv varför du bedömer så. Skälet sparas tillsammans med bedömningen.")
        if self.verdict == Verdict.CANNOT_TELL and not self.needed.strip():
            raise ChecksRefused("Skriv vad som behövs för att det ska gå att avgöra.")


@transaction.atomic
def judge(likeness_id: int, opinion: Opinion, *, actor: User | None, version: int) -> LikenessJudgement:
    """Judge a likeness that the form showed at ``version``.

    *Same*, and any change of a confirmed *same*, becomes a proposal until another person confirms it.
    Raises PermissionDenied, ChecksRefused (incomplete, or no longer current) or Overtaken.
    """
    person = check_judge(actor)
    opinion.check()
    likeness = _claim(likeness_id, version, person=person)
    needs_second = Verdict.SAME in (opinion.verdict, likeness.verdict)
    judgement = _add(likeness, opinion, person=person, needs_second=needs_second)
    if needs_second:
        _settle(likeness, state=LikenessState.PROPOSED, proposal=judgement)
    else:
        _settle(
            likeness, state=LikenessState.JUDGED, verdict=opinion.verdict, judgement=judgement, proposal=None
        )
    _log("judged", likeness, person=person, reason=opinion.reason)
    return judgement


@transaction.atomic
def confirm(likeness_id: int, *, actor: User | None, version: int) -> LikenessJudgement:
    """Confirm another person's proposal; from now on it counts. Raises as :func:`judge`."""
    likeness = _claim(likeness_id, version, person=check_judge(actor))
    proposal = _proposal(likeness)
    person = check_confirm(proposal, actor)
    LikenessJudgement.objects.filter(pk=proposal.pk, confirmed_by=None).update(
        confirmed_by=person, confirmed_at=timezone.now()
    )
    _settle(likeness, state=LikenessState.JUDGED, verdict=proposal.verdict, judgement=proposal, proposal=None)
    _log("confirmed", likeness, person=person, reason="")
    return LikenessJudgement.objects.get(pk=proposal.pk)


@transaction.atomic
def decline(likeness_id: int, reason: str, *, actor: User | None, version: int) -> LikenessJudgement:
    """Say no to another person's proposal, with a reason; what counted before counts again."""
    likeness = _claim(likeness_id, version, person=check_judge(actor))
    proposal = _proposal(likeness)
    person = check_confirm(proposal, actor)
    opinion = Opinion(proposal.verdict, reason)
    _check_reason(reason)
    row = _add(likeness, opinion, person=person, act=Act.DECLINED)
    _settle(likeness, state=_state_without_proposal(likeness), proposal=None)
    _log("declined", likeness, person=person, reason=reason)
    return row


@transaction.atomic
def withdraw(likeness_id: int, reason: str, *, actor: User | None, version: int) -> LikenessJudgement:
    """Take back one's own judgement, as long as no second person has confirmed it."""
    person = check_judge(actor)
    likeness = _claim(likeness_id, version, person=person)
    own = likeness.proposal or likeness.judgement
    if own is None or own.by_id != person.pk:
        raise ChecksRefused("Du kan bara ta tillbaka din egen bedömning.")
    if own.confirmed_by_id:
        raise ChecksRefused("Bedömningen är bekräftad. Gör en ny bedömning i stället.")
    _check_reason(reason)
    row = _add(likeness, Opinion(own.verdict, reason), person=person, act=Act.WITHDREW)
    if likeness.proposal_id:
        _settle(likeness, state=_state_without_proposal(likeness), proposal=None)
    else:
        _settle(likeness, state=LikenessState.WAITING, verdict="", judgement=None)
    _log("withdrawn", likeness, person=person, reason=reason)
    return row


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ChecksRefused("Skriv varför. Skälet sparas.")


def _claim(likeness_id: int, version: int, *, person: User) -> Likeness:
    """Move the likeness one version on, or say who was first. The row stays locked until the act is done.

    Raises PermissionDenied for a conflict of interest in the case of the applicant that it is about (L-17).
    """
    moved = (
        Likeness.objects.filter(pk=likeness_id, version=version)
        .exclude(state=LikenessState.GONE)
        .update(version=F("version") + 1)
    )
    likeness = Likeness.objects.select_related(
        "proposal__by", "proposal__confirmed_by", "judgement__by", "organisation"
    ).get(pk=likeness_id)
    check_no_conflict_about(person, likeness.organisation)
    if not moved:
        raise Overtaken(_who_was_first(likeness))
    return likeness


def _who_was_first(likeness: Likeness) -> str:
    if likeness.state == LikenessState.GONE:
        return "Namnlikheten är inte längre aktuell: den senaste kontrollen hittade den inte."
    if likeness.reopened_because:
        return f"{likeness.reopened_because} Läs igenom dem igen. Din bedömning sparades inte."
    last = LikenessJudgement.objects.filter(likeness=likeness).select_related("by").last()
    if last is None:
        return "Uppgifterna ändrades medan du läste. Läs igenom dem igen. Din bedömning sparades inte."
    who, at = last.by, last.at
    what = f"{last.get_act_display().lower()} (”{last.get_verdict_display()}”)"
    if last.confirmed_by and last.confirmed_at:
        who, at, what = last.confirmed_by, last.confirmed_at, f"bekräftade ”{last.get_verdict_display()}”"
    moment = timezone.localtime(at).strftime("%Y-%m-%d kl. %H.%M")
    return f"{who} hann före: {what} {moment}. Din bedömning sparades inte."


def _proposal(likeness: Likeness) -> LikenessJudgement:
    if likeness.proposal is None:
        raise ChecksRefused("Det finns ingen bedömning som väntar på en andra person.")
    return likeness.proposal


def _state_without_proposal(likeness: Likeness) -> str:
    return LikenessState.JUDGED if likeness.verdict else LikenessState.WAITING


def _add(likeness: Likeness, opinion: Opinion, *, person: User, **more: Any) -> LikenessJudgement:
    return LikenessJudgement.objects.create(
        likeness=likeness,
        by=person,
        verdict=opinion.verdict,
        reason=opinion.reason.strip(),
        needed=opinion.needed.strip(),
        needed_from=opinion.needed_from.strip(),
        needed_by=opinion.needed_by,
        facts_digest=likeness.facts_digest,
        edition=likeness.last_edition,
        **more,
    )


def _settle(likeness: Likeness, **fields: Any) -> None:
    if "reopened_because" not in fields and fields.get("state") == LikenessState.JUDGED:
        fields["reopened_because"] = ""
    Likeness.objects.filter(pk=likeness.pk).update(**fields)
    for name, value in fields.items():
        setattr(likeness, name, value)
    recompute([likeness.pk])
    tell_standing([likeness.pk])


def _log(verb: str, likeness: Likeness, *, person: User, reason: str) -> None:
    after = {"state": likeness.state, "verdict": likeness.verdict, "facts": likeness.facts_digest}
    record(f"checks.likeness.{verb}", likeness, actor=person, after=after, reason=reason)
