"""Who may do what with alerts, and whether it may happen now.

==============================  ====================================================================
see the inbox and an alert      case officer, manager, auditor, save whoever has a conflict (L-17)
assign, snooze, ask, judge      case officer, manager
confirm another's proposal      case officer, manager, another than the one who proposed
look at a sample                case officer, manager, another than the first reader
change rules and share          manager
==============================  ====================================================================
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_role, has_role
from pakten.alerts.models import ABOUT_ONE, TRANSITIONS, Alert, AlertKind, AlertState
from pakten.alerts.refusals import AlertRefused
from pakten.members.queries.conflicts import cases_about
from pakten.records.policies import check_no_conflict

SEE = (Role.CASE_OFFICER, Role.MANAGER, Role.AUDITOR)
HANDLE = (Role.CASE_OFFICER, Role.MANAGER)
KEEP_RULES = (Role.MANAGER,)


def may_handle(user: User) -> bool:
    return has_role(user, *HANDLE)


def may_keep_rules(user: User) -> bool:
    return has_role(user, *KEEP_RULES)


def check_handles(actor: User | None) -> User:
    """The person who acts. The machine has no user and is refused (``actor`` None: PermissionDenied)."""
    check_role(actor, *HANDLE)
    assert actor is not None
    return actor


def check_keeps_rules(actor: User | None) -> User:
    """The person who changes a rule. Raises PermissionDenied."""
    check_role(actor, *KEEP_RULES)
    assert actor is not None
    return actor


def check_no_conflict_in(actor: User, alert: Alert) -> None:
    """Raise PermissionDenied where the actor has a conflict in a case about the organisation."""
    if alert.organisation is not None:
        check_no_conflict(actor, *cases_about(alert.organisation))


def may_answer(actor: User, alert: Alert) -> bool:
    """Whether this person may judge the alert: not whoever made what a sample is about."""
    return may_handle(actor) and alert.first_reader_id != actor.pk


def check_may_answer(actor: User, alert: Alert) -> None:
    """Raise PermissionDenied for whoever made the control that the sample is about."""
    if not may_answer(actor, alert):
        raise PermissionDenied("Du gjorde själv kontrollen. En annan person behöver titta på den.")


def may_be_assigned(person: User, alert: Alert) -> bool:
    """Whether somebody may be given this alert."""
    return may_answer(person, alert) and not _in_conflict(person, alert)


def check_may_be_assigned(person: User, alert: Alert) -> None:
    """Raise AlertRefused unless somebody may be given this alert."""
    if not may_handle(person):
        raise AlertRefused(f"{person} är varken handläggare eller chef och kan inte få uppgiften.")
    if alert.first_reader_id == person.pk:
        raise AlertRefused(f"{person} gjorde kontrollen. En annan person behöver titta på den.")
    if _in_conflict(person, alert):
        raise AlertRefused(f"{person} har anmält jäv i ärendet och kan inte få uppgiften.")


def may_confirm(actor: User, alert: Alert) -> bool:
    """Whether this person is a second one: never the one who proposed."""
    return may_answer(actor, alert) and alert.proposed_by_id != actor.pk


def check_may_confirm(actor: User, alert: Alert) -> None:
    """Raise AlertRefused without a proposal, PermissionDenied for the one who made it."""
    if alert.state != AlertState.PROPOSED or alert.proposed_by_id is None:
        raise AlertRefused("Det finns inget förslag som väntar på en andra person.")
    check_may_answer(actor, alert)
    if alert.proposed_by_id == actor.pk:
        raise PermissionDenied("Du har själv gjort bedömningen. En annan person behöver bekräfta den.")


def check_transition(alert: Alert, state: AlertState) -> None:
    """Raise AlertRefused unless the alert may go from its state to ``state``."""
    now = AlertState(alert.state)
    if state not in TRANSITIONS[now]:
        raise AlertRefused(f"Det som är ”{now.label}” kan inte bli ”{state.label}”.")


def check_judged_here(alert: Alert) -> None:
    """Raise AlertRefused for what is judged elsewhere, and for what was said of several members at once."""
    check_waits_here(alert)
    if alert.kind == AlertKind.SITE_TO_READ:
        raise AlertRefused("Det som står på en webbplats bedöms på besökets sida, där orden står.")
    if alert.organisation_id is None and alert.kind in ABOUT_ONE:
        raise AlertRefused("Den här gällde flera medlemmar. En bedömning får bara gälla en medlem.")


def check_waits_here(alert: Alert) -> None:
    """Raise AlertRefused for a likeness: what it waits for is told on its own page."""
    if alert.likeness_id is not None:
        raise AlertRefused("En namnlikhet bedöms på sin egen sida, där uppgifterna står sida vid sida.")


def _in_conflict(person: User, alert: Alert) -> bool:
    try:
        check_no_conflict_in(person, alert)
    except PermissionDenied:
        return True
    return False
