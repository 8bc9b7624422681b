"""Who may do what with deviations, and whether it may happen now.

================================  =====================================================
see a deviation                   case officer, manager, director, auditor; nobody with a
                                  conflict of interest about the organisation (L-17)
note, confirm, assess, tell,      case officer, manager
propose a step, close
decide a step                     whom the delegation order names, never who proposed it
dispose of copies                 manager, by a disposal decision (L-24, L-35)
comment                           the organisation's own contact; whoever has the link of
                                  its application; an officer registers what came otherwise
================================  =====================================================

The system itself may note an observation, end what an application's end has made pointless, and open that
again as an observation; nothing more (L-01).
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_role, has_role
from pakten.core.templatetags.formats import date_long
from pakten.deviations.models import (
    AGAINST,
    CLOSED,
    DECIDED_AS,
    PROPOSAL_TRANSITIONS,
    TRANSITIONS,
    Deviation,
    Level,
    Proposal,
    ProposalState,
)
from pakten.deviations.models.hearing import HEARING_TRANSITIONS, Hearing, HearingState
from pakten.members.queries.conflicts import cases_about
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import Refused
from pakten.records.policies import check_no_conflict

HANDLERS = (Role.CASE_OFFICER, Role.MANAGER)
READERS = (*HANDLERS, Role.DIRECTOR, Role.AUDITOR)
DECIDERS = (Role.MANAGER, Role.DIRECTOR)
DISPOSERS = (Role.MANAGER,)
# What nobody judges further: its copies may go before their time, by a disposal decision.
DISPOSABLE = (Level.DISMISSED, Level.ENDED)
# What decisions are about, in the words of the decisions.
SUBJECT = "deviations.proposal"

Person = User | AnonymousUser | None


def may_read(user: Person) -> bool:
    return has_role(user, *READERS)


def may_handle(user: Person) -> bool:
    return has_role(user, *HANDLERS)


def is_decider(user: Person) -> bool:
    """Whose daily work deciding is; the delegation order says what each may decide."""
    return has_role(user, *DECIDERS)


def check_may_see(user: User, deviation: Deviation) -> None:
    """Raise PermissionDenied without the role, or with a conflict of interest about the organisation."""
    check_role(user, *READERS)
    check_open_to(user, deviation.organisation)


def check_open_to(user: User | None, organisation: Organisation) -> None:
    """Raise PermissionDenied where the user has a conflict of interest in a case about the organisation."""
    check_no_conflict(user, *cases_about(organisation))


def check_may_handle(user: User | None, organisation: Organisation) -> User:
    """The officer. Raises PermissionDenied for the system, without the role, or with a conflict (L-17)."""
    check_role(user, *HANDLERS)
    check_open_to(user, organisation)
    assert user is not None
    return user


def may_confirm(user: User | None, organisation: Organisation) -> bool:
    """The same question, answered: whether this person could confirm a deviation of the organisation now."""
    try:
        check_may_handle(user, organisation)
    except PermissionDenied:
        return False
    return True


def check_may_dispose(user: User | None, deviation: Deviation) -> User:
    """Raise PermissionDenied or Refused unless the user may dispose of the copies of this deviation."""
    check_role(user, *DISPOSERS)
    check_open_to(user, deviation.organisation)
    assert user is not None
    if deviation.level not in DISPOSABLE:
        raise Refused(
            "Bara underlag till det som är avskrivet eller avslutat med ansökan kan gallras i förtid."
        )
    return user


def check_transition(deviation: Deviation, level: Level) -> None:
    """Raise Refused unless the deviation may go from its level to ``level``."""
    now = Level(deviation.level)
    if level not in TRANSITIONS[now]:
        raise Refused(f"Det som är {now.label} kan inte bli {level.label} på en gång.")


def check_taken_alone(deviation: Deviation, level: Level) -> None:
    """Raise Refused for a step that takes a decision: one person never takes it alone."""
    check_transition(deviation, level)
    if level == Level.ENDED:
        raise Refused("En avvikelse avslutas så bara när ansökan avslås, återkallas eller förfaller.")
    if (Level(deviation.level), level) in DECIDED_AS:
        raise Refused("Det steget föreslås av en person och beslutas av en annan.")


def check_decided(deviation: Deviation, level: Level) -> None:
    """Raise Refused for a step that takes no decision."""
    check_transition(deviation, level)
    if (Level(deviation.level), level) not in DECIDED_AS:
        raise Refused("Det steget behöver inget beslut.")


def check_proposal_transition(proposal: Proposal, state: ProposalState) -> None:
    """Raise Refused unless the proposal may go from its state to ``state``."""
    now = ProposalState(proposal.state)
    if state not in PROPOSAL_TRANSITIONS[now]:
        raise Refused(f"Förslaget är redan {now.label}.")


def check_waits(proposal: Proposal) -> None:
    """Raise Refused for a proposal that is settled, or that the deviation has gone away from."""
    check_proposal_transition(proposal, ProposalState.IN_FORCE)
    if proposal.level_from != proposal.deviation.level:
        raise Refused("Avvikelsen har fått en annan nivå sedan förslaget gjordes.")


def unheard(deviation: Deviation) -> str:
    """Why the organisation has not had its time to answer (L-40), in a sentence; empty where it has."""
    hearing, since = next(iter(deviation.hearings.all()), None), heard_from(deviation)
    if hearing is None:
        is_said = any(comment.at >= since for comment in deviation.comments.all())
        return "" if is_said else "Organisationen har inte fått veta något än."
    if hearing.told_at < since:
        return "Det senaste brevet till organisationen är äldre än bekräftelsen eller det senaste underlaget."
    if hearing.state != HearingState.WAITING or hearing.answer_by < timezone.localdate():
        return ""
    return f"Organisationen har till och med {date_long(hearing.answer_by)} på sig att lämna synpunkter."


def heard_from(deviation: Deviation) -> datetime:
    """From when a letter counts: the latest confirmation or opening again, and the newest evidence."""
    moments = [row.at for row in deviation.history.all() if row.level_before in CLOSED]
    moments += [each.at for each in deviation.evidence.all()]
    return max([*moments, deviation.confirmed_at or deviation.created_at])


def check_heard(deviation: Deviation, level: Level, *, urgent: str) -> None:
    """Raise Refused for a step against an organisation that may still answer, unless it can't wait."""
    if level in AGAINST and not urgent and (why := unheard(deviation)):
        raise Refused(f"{why} Vänta på det, eller skriv varför steget inte kan vänta.")


def check_hearing_transition(hearing: Hearing, state: HearingState) -> None:
    """Raise Refused unless the hearing may go from its state to ``state``."""
    if state not in HEARING_TRANSITIONS[HearingState(hearing.state)]:
        raise Refused("Brevet är redan besvarat.")


def check_not_proposer(proposal: Proposal, user: User) -> None:
    """Raise PermissionDenied where whoever proposed is about to decide as well, whatever the rules say."""
    if proposal.proposed_by_id == user.pk:
        raise PermissionDenied("Du har själv föreslagit steget. En annan person beslutar om det.")
