"""An application ended without a membership: what it left open is closed with that, or opened with it again.

What people have escalated or blocked stays: only a decision of two people takes that back (L-01).

Called in the transaction of the application's own step. The system does it: nobody judges the deviation.
"""

from __future__ import annotations

from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions.models import State as DecisionState
from pakten.decisions.services import fall_away
from pakten.deviations.models import (
    ENDS_WITH_APPLICATION,
    EVENTS,
    Act,
    Deviation,
    Level,
    Proposal,
    ProposalState,
)
from pakten.deviations.policies import check_proposal_transition, check_transition
from pakten.deviations.services.proposing import decisions_about
from pakten.deviations.services.writing import claim, keep, move
from pakten.members.models import Application, ApplicationOutcome, ApplicationState
from pakten.members.queries.memberships import is_member
from pakten.members.services.application_states import before_move, on_enter
from pakten.organisations.services import update_versioned

REFUSED = "Ansökan avslogs. Avvikelsen bedöms inte vidare."
ENDS = {
    ApplicationState.WITHDRAWN: "Ansökan återkallades. Avvikelsen bedöms inte vidare.",
    ApplicationState.LAPSED: "Ansökan förföll. Avvikelsen bedöms inte vidare.",
}
AGAIN = "Ansökan togs upp igen. En person bedömer på nytt om det är en avvikelse."


def register() -> None:
    """Tell the applications what to call. Safe to call twice."""
    # A refusal is decided before it is told, and before anything of it is in the log.
    on_enter(ApplicationState.DECIDED, _decided)
    for state in ENDS:
        on_enter(state, _ended)
    on_enter(ApplicationState.REGISTERED, _taken_up)
    before_move(_hold)


def _decided(application: Application, _actor: User | None) -> None:
    if application.outcome == ApplicationOutcome.REFUSE:
        _end_all(application, REFUSED)


def _ended(application: Application, _actor: User | None) -> None:
    _end_all(application, ENDS[ApplicationState(application.state)])


def _end_all(application: Application, reason: str) -> None:
    """What is open about an organisation that is a member goes on all the same."""
    if is_member(application.organisation):
        return
    for deviation in _held(application, ENDS_WITH_APPLICATION):
        _move(deviation, Level.ENDED, reason=reason)
        for proposal in deviation.proposals.filter(state=ProposalState.PROPOSED):
            _take_back(deviation, proposal, reason=reason)


def _taken_up(application: Application, _actor: User | None) -> None:
    for deviation in _held(application, (Level.ENDED,)):
        _move(deviation, Level.OBSERVATION, reason=AGAIN, confirmed_by=None, confirmed_at=None)


def _hold(application: Application) -> None:
    """Rows before the log: all that may end, and the proposals about it."""
    deviations = _held(application, (*ENDS_WITH_APPLICATION, Level.ENDED))
    proposals = Proposal.objects.filter(deviation__in=deviations, state=ProposalState.PROPOSED)
    list(proposals.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def _held(application: Application, levels: tuple[Level, ...]) -> list[Deviation]:
    """Rows before the log, which holds up all others from its first entry to the end."""
    rows = Deviation.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    return list(rows.filter(application=application, level__in=levels).order_by("pk"))


def _move(deviation: Deviation, level: Level, *, reason: str, **more: None) -> None:
    check_transition(deviation, level)
    claim(deviation, deviation.version)
    before = move(deviation, level, follow_up_on=None, **more)
    keep(deviation, Act.MOVED, by=None, reason=reason, before=before)
    log(EVENTS[level], deviation, actor=None, before={"level": before}, reason=reason)


def _take_back(deviation: Deviation, proposal: Proposal, *, reason: str) -> None:
    check_proposal_transition(proposal, ProposalState.WITHDRAWN)
    now = timezone.now()
    update_versioned(proposal, proposal.version, state=ProposalState.WITHDRAWN, settled_at=now)
    facts = {"to": str(proposal.get_level_to_display())}
    keep(deviation, Act.WITHDREW, by=None, reason=reason, facts=facts)
    log("deviations.proposal.withdrawn", deviation, actor=None, reason=reason)
    for decision in decisions_about(proposal, DecisionState.AWAITING_SECOND):
        fall_away(decision, reason, actor=None)
