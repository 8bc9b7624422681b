"""Reads: every list of the catalogue with its edition in force, its age, and how the last try went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from pakten.checks.facts import plain
from pakten.checks.models import ControlRun, ListEdition, ListInForce, Origin
from vandel.lists import ListSource, catalogue


class Age(StrEnum):
    """How old the last look at the issuer is."""

    FRESH = "fresh"
    WARN = "warn"
    RED = "red"
    NONE = "none"  # there is no edition


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list as the application knows it; ``edition`` None = never taken in."""

    source: ListSource
    row: ListInForce | None
    now: datetime

    @property
    def list_id(self) -> str:
        return self.source.id

    @property
    def title(self) -> str:
        return self.source.title_sv

    @property
    def binds(self) -> bool:
        return self.source.binds

    @property
    def edition(self) -> ListEdition | None:
        return self.row.edition if self.row else None

    @property
    def in_use(self) -> bool:
        """Whether controls use the list: as somebody set it, else as the catalogue suggests."""
        return self.row.in_use if self.row else in_use_by_default(self.source)

    @property
    def looked_at(self) -> datetime | None:
        """When the issuer was last seen to hand out this edition."""
        if self.edition is None or self.row is None:
            return None
        moments = [self.edition.fetched_at, self.row.confirmed_at]
        return max(moment for moment in moments if moment)

    @property
    def seen(self) -> str:
        """How we know: a file that somebody read in is no look at the issuer."""
        by_hand = self.edition is not None and self.edition.origin == Origin.IMPORTED
        return "inläst" if by_hand else "sedd hos utgivaren"

    @property
    def age_hours(self) -> int | None:
        """Whole hours since :attr:`looked_at`."""
        return None if self.looked_at is None else int((self.now - self.looked_at).total_seconds() // 3600)

    @property
    def age(self) -> Age:
        return age_level(self.age_hours, self.source)

    @property
    def is_red(self) -> bool:
        return self.age is Age.RED

    def frozen(self) -> dict[str, Any]:
        """What a run writes down of the list that it uses. Needs an edition."""
        assert self.edition is not None
        names = ("edition_id", "sha256", "length", "entries", "published_on", "file_dated_at", "fetched_at")
        return {
            "list_id": self.list_id,
            "title": self.title,
            "binds": self.binds,
            "invented": self.source.invented,
            "age": self.age.value,
            "age_hours": self.age_hours,
            "words_from": measured_in(self.edition),
            **{name: plain(getattr(self.edition, name)) for name in names},
        }


def measured_in(edition: ListEdition) -> str:
    """The edition whose use of words says how much each word weighs: the list's first of the same year.

    So that a likeness keeps its score while the list changes around it, and the measure still grows old with
    the year and not with the system.
    """
    same_year = ListEdition.objects.filter(list_id=edition.list_id, taken_at__year=_year(edition))
    first = same_year.order_by("taken_at", "pk").values_list("edition_id", flat=True).first()
    return first or edition.edition_id


def _year(edition: ListEdition) -> int:
    return timezone.localdate(edition.taken_at).year


def age_level(hours: int | None, source: ListSource) -> Age:
    """Fresh, to be warned of, or too old, by the list's own limits."""
    if hours is None:
        return Age.NONE
    if hours >= source.red_after_hours:
        return Age.RED
    return Age.WARN if hours >= source.warn_after_hours else Age.FRESH


def in_use_by_default(source: ListSource) -> bool:
    """Binding lists that can be fetched; in a demonstration the invented one instead: it needs no network."""
    if settings.DEMO:
        return source.invented
    return source.binds and not source.invented and source.address is not None


def known_sources() -> list[ListSource]:
    """The catalogue's lists; invented ones only where the installation is a demonstration."""
    return [source for source in catalogue().values() if settings.DEMO or not source.invented]


def list_lines(now: datetime | None = None) -> list[ListLine]:
    """All lists, those that bind first, in the catalogue's order."""
    moment = now or timezone.now()
    rows = {row.list_id: row for row in ListInForce.objects.select_related("edition", "switched_by")}
    lines = [ListLine(source, rows.get(source.id), moment) for source in known_sources()]
    return sorted(lines, key=lambda line: (not line.binds, not line.in_use))


def line_of(list_id: str, now: datetime | None = None) -> ListLine | None:
    """One list; None when the installation doesn't know it."""
    return next((line for line in list_lines(now) if line.list_id == list_id), None)


def lists_to_warn_of(lines: Iterable[ListLine]) -> list[ListLine]:
    """Lists in use that are missing, old, or refused at the last try."""
    return [
        line
        for line in lines
        if line.in_use and (line.age is not Age.FRESH or (line.row and line.row.refusal))
    ]


def lists_left_out(run: ControlRun) -> list[str]:
    """The titles of lists that bind in Sweden but that the run was never told to use."""
    used = {entry["list_id"] for entry in (*run.editions, *run.gaps)}
    return [source.title_sv for source in known_sources() if source.binds and source.id not in used]


def editions_of(list_id: str) -> QuerySet[ListEdition]:
    """The editions of a list, newest first."""
    return ListEdition.objects.filter(list_id=list_id).select_related("taken_by")
