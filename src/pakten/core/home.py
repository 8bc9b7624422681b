"""The sections of the staff's home page. Areas register what they know; this area renders it.

In an area's ``AppConfig.ready``: ``HOME_SECTIONS.append(todays_likenesses)``, where the function takes the
request and answers with one Section, or None when it has nothing for this person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest


class Place(StrEnum):
    """Where on the page a section's rows stand, under which heading."""

    TODAY = "Idag"
    SURE = "Är vi säkra på kontrollen?"
    NEW = "Nytt sedan igår"
    DONE = "Klart denna vecka"


class Tone(StrEnum):
    """How a row asks for attention."""

    CALM = ""
    WAITS = "waits"
    LATE = "late"
    NONE = "none"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a number that is a link to its list (``count``), or a fact in words (``value``).

    ``one`` is the label when the number is 1.
    """

    label: str
    url: str
    count: int | None = None
    value: str = ""
    note: str = ""
    oldest: date | datetime | None = None
    tone: Tone = Tone.CALM
    one: str = ""

    @property
    def words(self) -> str:
        return self.one if self.one and self.count == 1 else self.label


@dataclass(frozen=True, slots=True)
class Section:
    """What one area tells in one place; ``template`` draws a button at the top of the page."""

    place: Place
    rows: tuple[Row, ...] = ()
    template: str = ""
    context: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait, and since when the oldest; None where none does."""

    count: int
    oldest: Any


def waiting_in(rows: QuerySet[Any], since: str) -> Waiting:
    """Count the rows and find the oldest value of the column ``since``, in one query."""
    found = rows.order_by().aggregate(count=Count("pk"), oldest=Min(since))
    return Waiting(found["count"], found["oldest"])


@dataclass(frozen=True, slots=True)
class Heading:
    """All sections of one place, in the order of registration."""

    place: Place
    sections: tuple[Section, ...]

    @property
    def tells_facts(self) -> bool:
        """Whether numbers stand at the end of their line, among facts in words, instead of leading it."""
        return self.place is Place.SURE

    @property
    def rows(self) -> tuple[Row, ...]:
        """In the order of registration; among facts in words and numbers, the words come first."""
        rows = (row for section in self.sections for row in section.rows)
        return tuple(sorted(rows, key=lambda row: self.tells_facts and row.count is not None))


# Each gives its area's section, several that it counts together, or None.
HOME_SECTIONS: list[Callable[[HttpRequest], Section | tuple[Section, ...] | None]] = []


# Where somebody has another first page than this: the address, or None for everybody else.
FIRST_PAGES: list[Callable[[HttpRequest], str | None]] = []


def first_page(request: HttpRequest) -> str | None:
    """The address of the person's own first page, where it is another than this one."""
    return next((url for page in FIRST_PAGES if (url := page(request))), None)


def headings(request: HttpRequest) -> dict[str, Heading]:
    """The home page's contents by the name of their place (``today``, ``sure``, ``new``, ``done``)."""
    made = (make(request) for make in HOME_SECTIONS)
    sections = [
        section for each in made if each for section in (each if isinstance(each, tuple) else (each,))
    ]
    return {
        place.name.lower(): Heading(place, tuple(section for section in sections if section.place is place))
        for place in Place
    }
