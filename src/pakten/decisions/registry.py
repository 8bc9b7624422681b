"""Where areas above say what follows from a decision, where its subject is shown, how its paper looks.

In ``AppConfig.ready``: ``register_effect(DecisionKind.MEMBERSHIP_ACCEPT, begin_membership)``. The function
is called with the decision and the person whose act put it in force, in the same transaction; what it
raises undoes the decision. It should raise :class:`pakten.decisions.refusals.DecisionRefused`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pakten.accounts.models import User
from pakten.decisions.models import Decision

Effect = Callable[[Decision, User], None]


class Rendered(NamedTuple):
    """The decision as a file: its name, its bytes, its media type."""

    name: str
    data: bytes
    media_type: str


EFFECTS: dict[str, Effect] = {}
RETURNS: dict[str, Effect] = {}
SUBJECT_LINKS: dict[str, Callable[[str], str]] = {}
_RENDERERS: list[Callable[[Decision], Rendered]] = []


def register_effect(kind: str, function: Effect) -> None:
    """``function(decision, actor)`` carries out decisions of this kind when they come in force."""
    EFFECTS[kind] = function


def register_return(kind: str, function: Effect) -> None:
    """``function(decision, actor)`` is told when a second person sends such a decision back."""
    RETURNS[kind] = function


def register_subject(subject_type: str, address: Callable[[str], str]) -> None:
    """``address(subject_id)`` is the page of what decisions are about; empty where there is none."""
    SUBJECT_LINKS[subject_type] = address


def register_renderer(render: Callable[[Decision], Rendered]) -> None:
    """``render(decision)`` makes the file that is registered; ``decision.record`` has its number by then."""
    _RENDERERS[:] = [render]


def renderer() -> Callable[[Decision], Rendered] | None:
    """The registered renderer, or None."""
    return _RENDERERS[0] if _RENDERERS else None


def subject_address(decision: Decision) -> str:
    """Where the decision's subject is shown, or an empty text."""
    address = SUBJECT_LINKS.get(decision.subject_type)
    return address(decision.subject_id) if address else ""
