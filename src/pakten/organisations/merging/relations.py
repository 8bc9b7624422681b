"""Every table that points at an organisation, in whatever area, and what a merge does with its rows.

A row goes along to the organisation that is kept, unless the database refuses: then it stays, and is found
from the kept one through the merge. Areas to the right tell what is otherwise in ``AppConfig.ready``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import ForeignKey, ForeignObjectRel, Model

from pakten.organisations.models import Organisation

# Rows with the columns that they get: ``(row, {"organisation_id": 7})``.
Wanted = tuple[Model, Mapping[str, Any]]
Planner = Callable[[Organisation, Organisation], Iterable[Wanted]]


@dataclass(frozen=True, slots=True)
class Relation:
    """A column that points at an organisation. ``key`` is ``app.model:column``."""

    model: type[Model]
    column: str

    @property
    def key(self) -> str:
        return f"{self.model._meta.label_lower}:{self.column}"


# What is history of its own and stays as it was written.
STAYS: set[str] = {
    "organisations.merge:kept_id",
    "organisations.merge:gone_id",
    "organisations.notduplicates:one_id",
    "organisations.notduplicates:other_id",
}
PLANNERS: dict[str, Planner] = {}
LEFT_BEHIND: dict[str, Mapping[str, Any]] = {}


def register_stays(key: str) -> None:
    """Rows of this relation (``app.model:column``) are never moved."""
    STAYS.add(key)


def register_planner(key: str, plan: Planner) -> None:
    """``plan(kept, gone)`` says which rows of this relation change, and how."""
    PLANNERS[key] = plan


def register_left_behind(key: str, columns: Mapping[str, Any]) -> None:
    """What a row gets that can't go along because the kept organisation has its like."""
    LEFT_BEHIND[key] = columns


def relations() -> list[Relation]:
    """All columns that point at an organisation, in a fixed order."""
    found = [
        Relation(found.field.model, found.field.attname)
        for found in Organisation._meta.get_fields(include_hidden=True)
        if isinstance(found, ForeignObjectRel) and isinstance(found.field, ForeignKey)
    ]
    return sorted(found, key=lambda relation: relation.key)


def wanted(relation: Relation, *, kept: Organisation, gone: Organisation) -> Iterator[Wanted]:
    """The rows of a relation that the merge changes, in the order of their keys."""
    if relation.key in STAYS:
        return
    if plan := PLANNERS.get(relation.key):
        yield from plan(kept, gone)
        return
    rows = relation.model._base_manager.filter(**{relation.column: gone.pk}).order_by("pk")
    for row in rows:
        # What pointed from the kept one at the other would point at itself.
        own = isinstance(row, Organisation) and row.pk == kept.pk
        yield row, {relation.column: None if own else kept.pk}
