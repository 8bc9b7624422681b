"""What areas to the right add to a case: they know what it is about, this area does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pakten.accounts.models import User
from pakten.records.models import Case, Conflict


class CaseLink(NamedTuple):
    """Where the page of what the case is about is, and what the link says."""

    label: str
    url: str


# Each gives the link for a case and whoever looks, or None where there is none.
CASE_LINKS: list[Callable[[Case, User], CaseLink | None]] = []
# Called with the conflict and whoever declared it, in the transaction that stores it.
_ON_CONFLICT: list[Callable[[Conflict, User], None]] = []


def on_conflict(act: Callable[[Conflict, User], None]) -> None:
    """Let ``act`` be called whenever a conflict of interest is declared; the same one is called once."""
    if act not in _ON_CONFLICT:
        _ON_CONFLICT.append(act)


def links_of(case: Case, user: User) -> list[CaseLink]:
    """The links of the case's page to what the case is about."""
    return [found for link in CASE_LINKS if (found := link(case, user)) is not None]


def tell_of_conflict(conflict: Conflict, actor: User) -> None:
    """Call all that are registered, in their order."""
    for act in _ON_CONFLICT:
        act(conflict, actor)
