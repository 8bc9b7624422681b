"""What has changed that a control rests on: told inside the transaction that changed it.

An area that changes such a thing calls ``announce``; an area that acts on it registers a listener in its
``AppConfig.ready``. Neither knows the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
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
    ids, fact names), JSON. Its ``facts``, where there are any, are what a person must judge each by itself: a
    name that stays the same to a sentence; empty where nobody needs to. Without them the change is one thing.
    """

    kind: ChangeKind
    because: str
    organisation_ids: frozenset[int] | None = None
    about: Mapping[str, Any] = field(default_factory=dict)


Listener = Callable[[Change], None]
_LISTENERS: list[Listener] = []
# The organisations told of within the innermost work that gathers; None outside of such work.
_GATHERED: ContextVar[set[int] | None] = ContextVar("gathered", default=None)


def listen(listener: Listener) -> None:
    """Have ``listener`` called with every change. Registering it again is harmless."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def announce(change: Change) -> None:
    """Tell every listener, in the caller's transaction: what it orders is kept or undone with the change."""
    gathered = _GATHERED.get()
    if gathered is not None and change.kind is ChangeKind.MEMBER and change.organisation_ids is not None:
        gathered.update(change.organisation_ids)
        return
    for listener in _LISTENERS:
        listener(change)


@contextmanager
def gathering(because: Callable[[int], str]) -> Iterator[None]:
    """Tell of the members that change within as one change, at the end: thousands are taken up as one.

    Enter it inside the transaction of the work; when the work raises, nothing is told. ``because`` makes the
    sentence from the number of organisations. Within other work that gathers, that one tells.
    """
    if _GATHERED.get() is not None:
        yield
        return
    found: set[int] = set()
    token = _GATHERED.set(found)
    try:
        yield
    finally:
        _GATHERED.reset(token)
    if found:
        announce(Change(ChangeKind.MEMBER, because(len(found)), frozenset(found)))
