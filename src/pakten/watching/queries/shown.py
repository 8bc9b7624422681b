"""Reads: what one person may see of changes and re-controls.

A sentence may name a member, and a receipt names all: of those in whose cases the person has a conflict of
interest nothing is told, not by a count either (L-17). Almost nobody has any, and then nothing more is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from pakten.accounts.models import User
from pakten.checks.queries.told import WITHHELD
from pakten.members.queries.conflicts import closed_organisations
from pakten.organisations.models import Organisation
from pakten.watching.models import Recontrol, RecontrolReceipt, Trigger
from pakten.watching.queries.waiting import waiting


@dataclass(frozen=True, slots=True)
class Shown:
    """A re-control as one person sees it."""

    made: Recontrol
    because: str
    looked_at: int
    touched: int

    @property
    def untouched(self) -> int:
        """How many the change did not touch."""
        return self.looked_at - self.touched


@dataclass(frozen=True, slots=True)
class Content:
    """The rows of a receipt that one person sees; ``whole``: they see all of it."""

    touched: list[dict[str, Any]]
    untouched: list[list[str]]
    whole: bool


def shown(rows: Iterable[Recontrol], reader: User) -> list[Shown]:
    """The re-controls in their order."""
    found = list(rows)
    closed = closed_ids(reader)
    told = {made.pk: Shown(made, made.because, made.looked_at, made.touched) for made in found}
    if closed:
        told |= _without(found, closed)
    return [told[made.pk] for made in found]


def shown_content(receipt: RecontrolReceipt | None, reader: User) -> Content:
    """Whom a receipt names, without those whom the person may not know of."""
    return _of(receipt.content if receipt else {}, set(_public(closed_ids(reader))))


def waiting_for(reader: User, cause: str = "") -> QuerySet[Trigger]:
    """The changes that wait, those of one cause where named."""
    rows = waiting().filter(kind=cause) if cause else waiting()
    closed = closed_ids(reader)
    if not closed:
        return rows
    told_of = rows.values_list("pk", "organisation_ids")
    return rows.exclude(pk__in=[pk for pk, ids in told_of if closed.intersection(ids or ())])


def closed_ids(reader: User) -> set[int]:
    """The organisations about which the person has a conflict of interest."""
    return set(closed_organisations(reader))


def _without(rows: Sequence[Recontrol], closed: set[int]) -> dict[int, Shown]:
    hidden, public = _named(rows), set(_public(closed))
    receipts = dict(
        RecontrolReceipt.objects.filter(recontrol__in=rows).values_list("recontrol_id", "content")
    )
    told = {}
    for made in rows:
        seen = _of(receipts.get(made.pk, {}), public)
        because = WITHHELD if made.pk in hidden else made.because
        told[made.pk] = Shown(made, because, len(seen.touched) + len(seen.untouched), len(seen.touched))
    return told


def _named(rows: Sequence[Recontrol]) -> set[int]:
    """Those whose sentence may name members. All of them: else what is withheld would tell of the closed."""
    told_of = Trigger.objects.filter(recontrol__in=rows).values_list("recontrol_id", "organisation_ids")
    return {key for key, ids in told_of if key is not None and ids is not None}


def _of(content: dict[str, Any], closed: set[str]) -> Content:
    touched = content.get("touched", [])
    untouched = content.get("untouched", {}).get("members", [])
    seen = [row for row in touched if row["member"] not in closed]
    left = [row for row in untouched if row[0] not in closed]
    return Content(seen, left, len(seen) + len(left) == len(touched) + len(untouched))


def _public(closed: set[int]) -> QuerySet[Organisation, str]:
    return Organisation.objects.filter(pk__in=closed).values_list("public_id", flat=True)
