"""Who may decide, look a second time, report and change the delegation order; and may it happen now."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_role, has_role, roles_of
from pakten.decisions.models import TRANSITIONS, Decision, DecisionKind, DecisionRule, DelegationItem, State
from pakten.decisions.models.order import When
from pakten.decisions.refusals import DecisionRefused
from pakten.records.models import Case
from pakten.records.policies import check_no_conflict
from pakten.records.queries.conflicts import in_conflict

READERS = (
    Role.CASE_OFFICER,
    Role.MANAGER,
    Role.DIRECTOR,
    Role.BOARD_SECRETARY,
    Role.REGISTRAR,
    Role.AUDITOR,
)
# What is not in force is no record yet: it is seen by those who prepare.
PREPARERS = (Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR)
SECOND_PERSONS = (Role.MANAGER, Role.DIRECTOR)
REPORTERS = (Role.BOARD_SECRETARY,)
ORDER_READERS = (*READERS, Role.ADMINISTRATOR)
ORDER_KEEPERS = (Role.DIRECTOR, Role.ADMINISTRATOR)
# Whom the delegation order may name.
MAY_BE_NAMED = (Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR)

Person = User | AnonymousUser | None
_SETTLED = {
    State.AWAITING_SECOND: "Beslutet väntar på en andra person.",
    State.IN_FORCE: "Beslutet gäller redan och ändras inte.",
    State.RETURNED: "Beslutet är redan tillbaka till beredning och ändras inte.",
    State.WITHDRAWN: "Beslutet är redan återtaget och ändras inte.",
}


def check_person(actor: Person) -> User:
    """The person as the database has them now. Raises PermissionDenied for what is nobody (L-01)."""
    found = None
    if isinstance(actor, User):
        found = User.objects.filter(pk=actor.pk, is_active=True).first()
    if found is None:
        raise PermissionDenied(
            "Ett beslut fattas av en namngiven person som får besluta, aldrig av systemet."
        )
    return found


def items_in_force(kind: str, on: date) -> list[DelegationItem]:
    """The items that say who may decide this kind on a day."""
    return list(
        DelegationItem.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), kind=kind, valid_from__lte=on)
    )


def check_may_decide(user: User, kind: DecisionKind, *, on: date) -> DelegationItem:
    """The item by which the user may decide. Raises PermissionDenied where there is none that day."""
    items = items_in_force(kind, on)
    held = roles_of(user)
    for item in items:
        if item.role in held:
            return item
    if not items:
        raise PermissionDenied(f"Ingen får besluta om ”{kind.label}” enligt delegationsordningen i dag.")
    named = " eller ".join(dict.fromkeys(item.get_role_display().lower() for item in items))
    raise PermissionDenied(f"Du får inte fatta beslutet. Enligt delegationsordningen får {named} göra det.")


def may_decide(user: Person, kind: DecisionKind, *, on: date) -> bool:
    """Does the delegation order let the user decide this kind that day?"""
    return not roles_of(user).isdisjoint(item.role for item in items_in_force(kind, on))


def check_four_eyes(rule: DecisionRule, user: User, *, prepared_by: User, has_deviation: bool) -> None:
    """Raise DecisionRefused where whoever prepared may not decide."""
    if user.pk == prepared_by.pk and When(rule.bars_preparer).applies(has_deviation=has_deviation):
        why = "När något avviker får den" if has_deviation else "Den"
        raise DecisionRefused(
            f"{why} som har berett ärendet inte fatta beslutet. Be en annan som får besluta."
        )


def check_no_conflict_since(case: Case, *, prepared_by: User, decided_by: User | None = None) -> None:
    """Raise DecisionRefused where who prepared or decided turns out to have a conflict of interest (L-17)."""
    for person, done in ((prepared_by, "har berett ärendet"), (decided_by, "har fattat beslutet")):
        if person is not None and case.pk in in_conflict(person):
            raise DecisionRefused(f"{person} {done} och är jävig. Någon annan ska göra det på nytt.")


def check_may_look(actor: Person, decision: Decision) -> User:
    """The second person. Raises PermissionDenied, or DecisionRefused for who decided or prepared."""
    user = check_person(actor)
    check_role(user, *SECOND_PERSONS)
    check_no_conflict(user, decision.case)
    if user.pk in (decision.decided_by_id, decision.prepared_by_id):
        raise DecisionRefused("Den andra personen får varken ha berett ärendet eller fattat beslutet.")
    return user


def may_look(user: Person, decision: Decision) -> bool:
    """Does the decision wait for somebody like this user?"""
    return (
        decision.state == State.AWAITING_SECOND
        and isinstance(user, User)
        and has_role(user, *SECOND_PERSONS)
        and user.pk not in (decision.decided_by_id, decision.prepared_by_id)
    )


def check_may_take_back(actor: Person, decision: Decision) -> User:
    """Who decided, and nobody else. Raises PermissionDenied, also with a conflict of interest."""
    user = check_person(actor)
    check_no_conflict(user, decision.case)
    if user.pk != decision.decided_by_id:
        raise PermissionDenied("Bara den som har fattat beslutet kan ta tillbaka det.")
    return user


def may_take_back(user: Person, decision: Decision) -> bool:
    """Does the decision wait for a second person, and is this who made it?"""
    waits = decision.state == State.AWAITING_SECOND
    return waits and isinstance(user, User) and user.pk == decision.decided_by_id


def check_transition(decision: Decision, state: State) -> None:
    """Raise DecisionRefused unless the decision may go from its state to ``state``."""
    now = State(decision.state)
    if state not in TRANSITIONS[now]:
        raise DecisionRefused(_SETTLED[now])


def is_second_person(user: Person) -> bool:
    return has_role(user, *SECOND_PERSONS)


def may_report(user: Person) -> bool:
    return has_role(user, *REPORTERS)


def sees_all(user: Person) -> bool:
    """May the user see decisions that are not in force?"""
    return has_role(user, *PREPARERS)


def check_may_see(user: Person, decision: Decision) -> None:
    """Raise PermissionDenied for a conflict of interest, or for what is not in force yet."""
    check_no_conflict(user, decision.case)
    if decision.state != State.IN_FORCE and not sees_all(user):
        raise PermissionDenied("Beslutet gäller inte än. Det kan bara de som bereder ärendet läsa.")


def check_reporter(actor: Person) -> None:
    """Raise PermissionDenied unless the actor may report to the board."""
    check_role(actor, *REPORTERS)


def check_keeps_order(actor: Person) -> None:
    """Raise PermissionDenied unless the actor may change the delegation order and its rules."""
    check_role(actor, *ORDER_KEEPERS)
