"""What has changed that a control rests on: told inside the transaction that changed it.

An area that changes such a thing calls ``announce``; an area that acts on it registers a listener in its
``AppConfig.ready``. Neither knows the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ChangeKind(StrEnum):
    """What kind of ground for a control has changed."""

    MEMBER = "member"
    LIST = "list"
    REGISTER = "register"
    SITE = "site"
    REQUIREMENT = "requirement"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    ``organisation_ids``: the organisations that it touches; None = which ones must be found out, or all.
    ``because``: one sentence in Swedish for people. ``about``: what identifies the change (list and edition
    ids, fact names), JSON.
    """

    kind: ChangeKind
    because: str
    organisation_ids: frozenset[int] | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


Listener = Callable[[Change], None]
_LISTENERS: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have ``listener`` called with every change. Registering it again is harmless."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def announce(change: Change) -> None:
    """Tell every listener, in the caller's transaction: what it orders is kept or undone with the change."""
    for listener in _LISTENERS:
        listener(change)
