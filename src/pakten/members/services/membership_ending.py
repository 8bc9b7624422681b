"""Leaving and resting: a member's own wish is carried out; everything else a person decides (L-01, L-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions.models import Decision
from pakten.decisions.phrases import standard_text
from pakten.decisions.services import DecisionFacts, decide, fall_away
from pakten.members.models import (
    MATTER_EVENTS,
    LeavingReason,
    MatterKind,
    MatterState,
    Membership,
    MembershipMatter,
    State,
)
from pakten.members.policies import check_transition
from pakten.members.policies import ending as policies
from pakten.members.services.case_titles import case_title
from pakten.members.services.membership import StateChange, change_state
from pakten.members.services.membership_letters import send_left
from pakten.members.services.membership_wish import end_cases, settle_wishes, waiting_wishes
from pakten.organisations.policies import check_text
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.models import Case
from pakten.records.policies import check_no_conflict
from pakten.records.services import CaseFacts, Receipt, open_case, register_received
from pakten.records.words import several_lines

# What may speak against the organisation needs a second person, whoever decides.
_AGAINST = (LeavingReason.REQUIREMENT, LeavingReason.NOT_PLEDGED)
# Its own wish needs no decision; a merge ends the double record's membership itself.
PROPOSABLE = tuple(reason for reason in LeavingReason if reason not in {"own_wish", "merged"})


@dataclass(frozen=True, slots=True)
class Leaving:
    """A member's own wish to leave: its last day, what it said, and when and how the wish came in."""

    last_day: date
    note: str = ""
    came: str = "e-post"
    submission: UUID | None = None


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """What an officer proposes, and why. ``leaving_reason`` belongs to an end."""

    kind: MatterKind
    reasons: str
    leaving_reason: str = ""
    leaving_note: str = ""


@transaction.atomic
def leave(membership: Membership, leaving: Leaving, *, actor: User, expected_version: int) -> Case:
    """End the membership by the member's own wish: execution, no decision. The wish is in the diary (L-03).

    A wish that the member sent in itself is registered already, is the ground, and is thereby settled. A
    proposal about the membership is taken back, and with it a decision that waits for a second person. The
    case is closed where nothing else waits in it. Gives back the case. Raises PermissionDenied, Refused,
    DecisionRefused or ChangedMeanwhile.
    """
    policies.check_may_propose(actor)
    policies.check_last_day(membership, leaving.last_day)
    check_text(leaving.note)
    wishes = waiting_wishes(membership.organisation)
    cases = [wish.case for wish in wishes if wish.case is not None]
    if not cases:
        cases = [_register_wish(membership, leaving, actor=actor)]
    case = cases[0]
    check_no_conflict(actor, *cases)
    settle_wishes(wishes, last_day=leaving.last_day, actor=actor)
    proposals = _take_back_proposals(membership, case, actor=actor)
    change = StateChange(
        State.ENDED, leaving.last_day, leaving_reason=LeavingReason.OWN_WISH, leaving_note=leaving.note
    )
    change_state(
        membership,
        change,
        actor=actor,
        reason=f"Egen begäran, {case.registry_no}",
        expected_version=expected_version,
    )
    send_left(membership, case, actor=actor)
    end_cases([*cases, *proposals])
    return case


@transaction.atomic
def propose_matter(
    membership: Membership, facts: MatterFacts, *, actor: User, expected_version: int
) -> MembershipMatter:
    """Put forward that a membership shall end, rest or hold again; it opens a case in the diary.

    Raises PermissionDenied, Refused when one is put forward already, or ChangedMeanwhile.
    """
    policies.check_may_propose(actor)
    state, _kind = policies.LEADS_TO[facts.kind]
    check_transition(membership, state)
    words = _checked(facts)
    update_versioned(membership, expected_version)
    title = case_title(facts.kind.label.capitalize(), membership.organisation)
    case = open_case(CaseFacts(title, classification="3.1", responsible=actor), actor=actor)
    try:
        with transaction.atomic():
            matter = MembershipMatter.objects.create(
                membership=membership, case=case, kind=facts.kind, proposed_by=actor, **words
            )
    except IntegrityError as error:
        raise Refused("Det finns redan ett förslag som väntar på beslut.") from error
    after = {"proposed": facts.kind.label, **words, "number": case.registry_no}
    log(MATTER_EVENTS[MatterState.PROPOSED], matter, actor=actor, after=after, reason=words["reasons"])
    return matter


@transaction.atomic
def withdraw_matter(matter: MembershipMatter, *, actor: User, reason: str, expected_version: int) -> None:
    """Take a proposal back before anybody has decided."""
    policies.check_may_propose(actor, matter)
    policies.check_matter_transition(matter, MatterState.WITHDRAWN)
    if _decisions(matter).filter(state="awaiting_second").exists():
        raise Refused(
            "Beslutet är fattat och väntar på en andra person. Den som beslutade kan ta tillbaka det."
        )
    _settle(matter, MatterState.WITHDRAWN, expected_version=expected_version)
    log(MATTER_EVENTS[MatterState.WITHDRAWN], matter, actor=actor, reason=reason)


def decide_matter(matter: MembershipMatter, *, actor: User, submission: UUID | None = None) -> Decision:
    """Decide as proposed. In force at once, or when a second person has agreed.

    Raises PermissionDenied, Refused, and what :func:`pakten.decisions.services.decide` raises.
    """
    policies.check_matter_transition(matter, MatterState.IN_FORCE)
    _state, kind = policies.LEADS_TO[MatterKind(matter.kind)]
    name = str(matter.membership.organisation)
    facts = DecisionFacts(
        case=matter.case,
        kind=kind,
        subject_type=policies.SUBJECT,
        subject_id=str(matter.pk),
        subject_label=name,
        text=standard_text(kind, name, board=matter.case.series.authority),
        reasons=matter.reasons,
        prepared_by=matter.proposed_by,
        has_deviation=matter.leaving_reason in _AGAINST,
    )
    return decide(facts, actor=actor, submission=submission)


def _take_back_proposals(membership: Membership, case: Case, *, actor: User) -> list[Case]:
    """What was proposed about the membership is nothing to decide any more; the cases of the proposals."""
    rows = MembershipMatter.objects.filter(membership=membership, state=MatterState.PROPOSED)
    waiting = list(rows.select_related("case"))
    why = f"Medlemmen lämnar på egen begäran, {case.registry_no}"
    for matter in waiting:
        policies.check_may_propose(actor, matter)
        for decision in _decisions(matter).filter(state="awaiting_second"):
            fall_away(decision, why, actor=actor)
        _settle(matter, MatterState.WITHDRAWN, expected_version=matter.version)
        log(MATTER_EVENTS[MatterState.WITHDRAWN], matter, actor=actor, reason=why)
    return [matter.case for matter in waiting]


def _checked(facts: MatterFacts) -> dict[str, str]:
    reasons, note = several_lines(facts.reasons), several_lines(facts.leaving_note)
    if not reasons:
        raise Refused("Skriv skälen för beslutet.")
    ends = facts.kind is MatterKind.END
    if ends and facts.leaving_reason not in PROPOSABLE:
        raise Refused("Välj varför medlemskapet ska avslutas.")
    return {
        "reasons": reasons,
        "leaving_reason": facts.leaving_reason if ends else "",
        "leaving_note": note if ends else "",
    }


def _register_wish(membership: Membership, leaving: Leaving, *, actor: User) -> Case:
    title = case_title("Begäran om utträde", membership.organisation)
    receipt = Receipt(
        f"Begäran om utträde ({leaving.came})",
        str(membership.organisation),
        type_code="withdrawal",
        from_person=membership.organisation.sole_trader,
        case_title=title,
        submission=leaving.submission,
    )
    return register_received(receipt, actor=actor).case


def _settle(matter: MembershipMatter, state: MatterState, *, expected_version: int) -> None:
    update_versioned(matter, expected_version, state=state, settled_at=timezone.now())


def _decisions(matter: MembershipMatter) -> QuerySet[Decision]:
    return Decision.objects.filter(subject_type=policies.SUBJECT, subject_id=str(matter.pk))
