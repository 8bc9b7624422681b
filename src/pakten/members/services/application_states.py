"""The one way in which an application goes from a state to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.members.models import APPLICATION_EVENTS, Application, ApplicationState
from pakten.members.policies.applications import check_application_transition
from pakten.organisations.services import update_versioned

# Called with application and actor in the transaction of the move; areas to the right register theirs.
_ON_ENTER: dict[ApplicationState, list[Callable[[Application, User | None], None]]] = defaultdict(list)
# Called with the application, when nothing of it is in the log yet.
_BEFORE_MOVE: list[Callable[[Application], None]] = []


def on_enter(state: ApplicationState, act: Callable[[Application, User | None], None]) -> None:
    """Let ``act`` be called whenever an application enters ``state``; the same one is called once."""
    if act not in _ON_ENTER[state]:
        _ON_ENTER[state].append(act)


def before_move(act: Callable[[Application], None]) -> None:
    """Let ``act`` lock the rows that a move of the application touches; the same one is called once."""
    if act not in _BEFORE_MOVE:
        _BEFORE_MOVE.append(act)


def hold_what_follows(application: Application) -> None:
    """Rows before the log, for services that register a paper before they call :func:`move`.

    Called when the case and the application are held: who waits for a row then never holds up the log.
    """
    for act in _BEFORE_MOVE:
        act(application)


@transaction.atomic
def move(
    application: Application,
    state: ApplicationState,
    *,
    actor: User | None,
    expected_version: int,
    reason: str = "",
    columns: dict[str, Any] | None = None,
) -> None:
    """Let the application enter ``state`` with ``columns``, and say so in the log.

    The calling service has asked who may. ``due_on`` is emptied unless ``columns`` gives it. Raises Refused
    for a move that APPLICATION_TRANSITIONS lacks, ChangedMeanwhile when somebody was first.
    """
    check_application_transition(application, state)
    before = {"state": application.state}
    values: dict[str, Any] = {
        "due_on": None,
        **(columns or {}),
        "state": state,
        "state_since": timezone.now(),
    }
    update_versioned(application, expected_version, **values)
    for act in _ON_ENTER[state]:
        act(application, actor)
    after = {name: _told(value) for name, value in values.items() if name != "state_since"}
    record(APPLICATION_EVENTS[state], application, actor=actor, before=before, after=after, reason=reason)


def _told(value: Any) -> Any:
    return value if isinstance(value, str | int | bool | date | list | None) else str(value)
