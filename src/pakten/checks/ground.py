"""On what a comparison stands: one frozen set of editions, and the rules of the day."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

import vandel
from pakten.checks.queries.lists import list_lines, measured_in
from vandel.screening import DEFAULT_THRESHOLD, RULE_VERSION


class Ground(Protocol):
    """What a control needs to know of its lists; a run of the whole network is one."""

    @property
    def editions(self) -> list[dict[str, Any]]: ...
    @property
    def gaps(self) -> list[dict[str, Any]]: ...
    @property
    def engine_version(self) -> str: ...
    @property
    def rule_version(self) -> str: ...
    @property
    def threshold(self) -> float: ...
    @property
    def titles(self) -> dict[str, str]: ...
    @property
    def binding(self) -> list[str]: ...
    @property
    def missing(self) -> dict[str, str]: ...
    @property
    def stale_accepted_reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ListsInForce:
    """The lists in use at one moment, for the control of a single organisation.

    ``gaps`` are lists in use that have no edition; fields as in :class:`pakten.checks.models.ControlRun`.
    """

    editions: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    engine_version: str = vandel.__version__
    rule_version: str = RULE_VERSION
    threshold: float = DEFAULT_THRESHOLD
    stale_accepted_reason: str = field(default="", init=False)

    @property
    def titles(self) -> dict[str, str]:
        return {entry["list_id"]: entry["title"] for entry in (*self.editions, *self.gaps)}

    @property
    def binding(self) -> list[str]:
        return [entry["list_id"] for entry in (*self.editions, *self.gaps) if entry["binds"]]

    @property
    def missing(self) -> dict[str, str]:
        return {gap["list_id"]: gap["why"] for gap in self.gaps}


def binding_unused() -> list[dict[str, Any]]:
    """The lists that bind in Sweden and that controls are told not to use, as gaps: nobody looked in them."""
    return [
        {
            "list_id": line.list_id,
            "title": line.title,
            "binds": True,
            "why": f"{line.title} binder men används inte",
        }
        for line in list_lines()
        if line.binds and not line.in_use
    ]


def lists_in_force() -> ListsInForce:
    """The lists in use now. One that is missing, or older than allowed, is a gap: it was not looked in."""
    lines = [line for line in list_lines() if line.in_use]
    usable = [line for line in lines if line.edition and not line.is_red]
    gaps = [
        {
            "list_id": line.list_id,
            "title": line.title,
            "binds": line.binds,
            "why": f"{line.title} är {'för gammal' if line.edition else 'inte hämtad'}",
            # A list that is left out for a day doesn't change how much the words of the others weigh.
            **({"words_from": measured_in(line.edition)} if line.edition else {}),
        }
        for line in lines
        if line not in usable
    ]
    return ListsInForce([line.frozen() for line in usable], gaps)
