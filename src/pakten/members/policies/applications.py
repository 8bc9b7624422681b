"""Who may do what with applications, and whether it may happen now.

================================  ===================================================
see the inbox and an application  all staff, save whoever has a conflict of interest
take, assign, ask, control,       case officer, manager
propose, take over a fact
register one by hand              case officer, manager, registrar
decide                            whom the delegation order names (decisions.policies)
see a proposal before it is       case officer, manager, director
decided (L-04)
================================  ===================================================
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from pakten.accounts.models import Role, User
from pakten.accounts.policies import STAFF, check_role, has_role
from pakten.members.models import (
    APPLICATION_TRANSITIONS,
    Application,
    ApplicationOutcome,
    ApplicationState,
)
from pakten.organisations.refusals import Refused
from pakten.records.policies import check_no_conflict

HANDLERS = (Role.CASE_OFFICER, Role.MANAGER)
REGISTERERS = (*HANDLERS, Role.REGISTRAR)
# Whom the delegation order may name; who it names that day is asked for each decision.
DECIDERS = (*HANDLERS, Role.DIRECTOR)
PROPOSAL_READERS = DECIDERS
APPLICATION_READERS = STAFF

ENDED = (
    ApplicationState.ACTIVE,
    ApplicationState.NOTIFIED,
    ApplicationState.WITHDRAWN,
    ApplicationState.LAPSED,
)


def may_handle(user: User | AnonymousUser) -> bool:
    return has_role(user, *HANDLERS)


def may_register(user: User | AnonymousUser) -> bool:
    return has_role(user, *REGISTERERS)


def is_decider(user: User | AnonymousUser) -> bool:
    """Whose daily work deciding is; the delegation order says what each may decide."""
    return has_role(user, Role.MANAGER, Role.DIRECTOR)


def may_read_proposals(user: User | AnonymousUser) -> bool:
    return has_role(user, *PROPOSAL_READERS)


def check_may_handle(user: User | None, application: Application) -> None:
    """Raise PermissionDenied unless the user handles applications and has no conflict of interest in this."""
    check_role(user, *HANDLERS)
    assert user is not None
    check_no_conflict(user, application.case)


def check_may_be_handler(user: User, application: Application) -> None:
    """Raise Refused unless somebody may be given this application."""
    if not has_role(user, *HANDLERS):
        raise Refused(f"{user} är varken handläggare eller chef och kan inte få ansökan.")
    try:
        check_no_conflict(user, application.case)
    except PermissionDenied as denied:
        raise Refused(f"{user} har anmält jäv i ärendet och kan inte få ansökan.") from denied


def check_may_decide(user: User | None, application: Application) -> None:
    """Raise PermissionDenied for the engine and for whoever may decide nothing here (L-01, L-17).

    The delegation order itself is asked by the decision.
    """
    check_role(user, *DECIDERS)
    check_no_conflict(user, application.case)


def check_may_register(user: User | None) -> None:
    """Raise PermissionDenied unless the user may register an application that came by mail or on paper."""
    check_role(user, *REGISTERERS)


_S = ApplicationState
# What can't be done now, and why not: said of every refused step, as one would say it to a colleague.
_TRIED: dict[ApplicationState, str] = {
    _S.RECEIVED: "Ansökan kan inte tas emot en gång till.",
    _S.REGISTERED: "Ansökan kan inte gå tillbaka till början.",
    _S.AWAITING_COMPLETION: "Det går inte att begära komplettering nu.",
    _S.IN_CONTROL: "Kontrollen kan inte börja nu.",
    _S.CONTROL_DONE: "Kontrollen kan inte avslutas nu.",
    _S.PROPOSED: "Det går inte att föreslå beslut nu.",
    _S.DECIDED: "Det går inte att besluta nu.",
    _S.NOTIFIED: "Beskedet kan inte skickas nu.",
    _S.ACTIVE: "Organisationen kan inte bli medlem nu.",
    _S.WITHDRAWN: "Ansökan kan inte återkallas nu.",
    _S.LAPSED: "Ansökan kan inte förfalla nu.",
}
_STANDS: dict[ApplicationState, str] = {
    _S.RECEIVED: "Den har kommit in men är inte registrerad än.",
    _S.REGISTERED: "Ingen har börjat kontrollera den.",
    _S.AWAITING_COMPLETION: "Organisationen har inte svarat på vad som saknas.",
    _S.IN_CONTROL: "Kontrollen pågår.",
    _S.CONTROL_DONE: "Kontrollen är klar och inget beslut är föreslaget.",
    _S.PROPOSED: "Ett beslut är redan föreslaget.",
    _S.DECIDED: "Beslutet är redan fattat.",
    _S.NOTIFIED: "Organisationen har redan fått besked.",
    _S.ACTIVE: "Organisationen är redan medlem.",
    _S.WITHDRAWN: "Organisationen har återkallat ansökan.",
    _S.LAPSED: "Ansökan har förfallit.",
}


def check_application_transition(application: Application, state: ApplicationState) -> None:
    """Raise Refused unless the application may go from its state to ``state``."""
    now = ApplicationState(application.state)
    if state not in APPLICATION_TRANSITIONS[now]:
        raise Refused(f"{_TRIED[state]} {_STANDS[now]}")


def check_can_be_controlled(application: Application) -> None:
    """Raise Refused for an application that was answered: only a pause is taken up again."""
    is_paused = application.outcome == ApplicationOutcome.PAUSE
    if application.state in (ApplicationState.NOTIFIED, ApplicationState.ACTIVE) and not is_paused:
        raise Refused("Ansökan är avgjord. Organisationen kan skicka en ny ansökan.")
    if application.state == ApplicationState.IN_CONTROL:
        raise Refused("Kontrollen har redan börjat.")


def has_ended(application: Application) -> bool:
    """Does nobody work with it any more? What is paused will be taken up again."""
    return application.state in ENDED and not application.is_paused


def check_open_application(application: Application) -> None:
    """Raise Refused for an application that nobody works with any more."""
    if has_ended(application):
        raise Refused(f"Det går inte längre. {_STANDS[ApplicationState(application.state)]}")


def check_not_proposer(application: Application, user: User) -> None:
    """Raise Refused where something deviates and whoever proposed is about to decide as well."""
    if application.has_deviation and application.proposed_by_id == user.pk:
        raise Refused("Något avviker. Därför får den som föreslog beslutet inte också fatta det.")
