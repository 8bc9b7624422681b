"""What is to be done with an application now, by the person who looks at it: one thing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone

from pakten.accounts.models import User
from pakten.decisions.models import Decision
from pakten.decisions.policies import may_decide, may_look
from pakten.members.models import Application, ApplicationOutcome, ApplicationState
from pakten.members.policies import applications as policies
from pakten.members.services.applications_effects import APPLICATION_EFFECTS

_S = ApplicationState
STEPS = ("Registrerad", "Kontroll", "Förslag", "Beslut", "Besked")
_STEP = {
    _S.RECEIVED: 1,
    _S.REGISTERED: 1,
    _S.AWAITING_COMPLETION: 1,
    _S.IN_CONTROL: 2,
    _S.CONTROL_DONE: 3,
    _S.PROPOSED: 4,
    _S.DECIDED: 5,
    _S.NOTIFIED: 6,
    _S.ACTIVE: 6,
}


class Todo(StrEnum):
    """The one thing; the template of the same name draws it."""

    START = "start"
    WAIT = "wait"
    CONTROL = "control"
    PROPOSE = "propose"
    DECIDE = "decide"
    LOOK = "look"
    TAKE_UP = "take_up"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Next:
    """What to do. ``button`` is its words; ``may_decide``: the delegation order names this person."""

    todo: Todo
    button: str = ""
    may_decide: bool = False


def step_of(application: Application) -> int:
    """The number of the current step, from 1; 0 for an application that ended without an answer."""
    if application.is_paused:
        return 4
    return _STEP.get(ApplicationState(application.state), 0)


def next_for(application: Application, user: User, *, waiting: Decision | None) -> Next:
    """The next thing, for this person. ``waiting``: the decision that waits for a second person."""
    state = ApplicationState(application.state)
    if waiting is not None:
        return Next(Todo.LOOK if may_look(user, waiting) else Todo.WAIT)
    if state in (_S.CONTROL_DONE, _S.PROPOSED) and _may_decide(application, user):
        return Next(Todo.DECIDE, may_decide=True)
    if not policies.may_handle(user):
        return Next(Todo.NOTHING)
    if application.is_paused:
        return Next(Todo.START, "Ta upp ansökan och kontrollera igen")
    found = {
        _S.REGISTERED: Next(Todo.START, _start_words(application, user)),
        _S.AWAITING_COMPLETION: Next(Todo.WAIT, "Börja kontrollera utan svaret"),
        _S.IN_CONTROL: Next(Todo.CONTROL, "Gå till kontrollen"),
        _S.CONTROL_DONE: Next(Todo.PROPOSE, "Föreslå beslutet"),
        _S.PROPOSED: Next(Todo.WAIT),
        _S.LAPSED: Next(Todo.TAKE_UP, "Ta upp ansökan igen"),
    }
    return found.get(state, Next(Todo.NOTHING))


def _start_words(application: Application, user: User) -> str:
    if application.handler_id in (None, user.pk):
        return "Börja kontrollera" if application.handler_id else "Ta ärendet och börja kontrollera"
    return f"Börja kontrollera åt {application.handler}"


def _may_decide(application: Application, user: User) -> bool:
    """Whether the order names the person, and nothing hinders: who prepared what deviates may not."""
    outcome = ApplicationOutcome(application.proposed or ApplicationOutcome.ACCEPT)
    if not may_decide(user, APPLICATION_EFFECTS[outcome].kind, on=timezone.localdate()):
        return False
    if not application.has_deviation:
        return True
    prepared = {application.controlled_by_id, application.proposed_by_id}
    return application.state == _S.PROPOSED and user.pk not in prepared
