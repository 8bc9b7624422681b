"""The parts of "Det här vet staden om er": everything that we hold of an organisation, fact by fact.

Areas to the right register theirs in ``AppConfig.ready``, so that nothing that is held stays unshown. Page,
workbook and JSON are made from the same facts.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from pakten.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Known:
    """One fact as people read it. ``key`` ends the address where it is corrected; empty = not corrected.

    ``changed_at`` names the page where the organisation changes it itself, instead of asking us to.
    """

    label: str
    value: str
    source: str = ""
    recorded_at: datetime | None = None
    key: str = ""
    changed_at: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Section:
    """A part with a heading. ``facts`` gives what is held; ``about`` is a sentence on where it comes from."""

    order: int
    slug: str
    title: str = field(compare=False)
    facts: Callable[[Organisation], Iterable[Known]] = field(compare=False)
    about: str = field(default="", compare=False)
    nothing: str = field(default="Vi har inga uppgifter här.", compare=False)


@dataclass(frozen=True, slots=True)
class Filled:
    """A section with its facts for one organisation."""

    section: Section
    facts: tuple[Known, ...]


OWN_FILE_SECTIONS: list[Section] = []


def register(section: Section) -> None:
    """Add a section. Registering the same slug again changes nothing."""
    if all(known.slug != section.slug for known in OWN_FILE_SECTIONS):
        insort(OWN_FILE_SECTIONS, section)


def everything_known(organisation: Organisation) -> list[Filled]:
    """All sections, filled in."""
    return [Filled(section, tuple(section.facts(organisation))) for section in OWN_FILE_SECTIONS]


def find_fact(organisation: Organisation, key: str) -> tuple[Section, Known] | None:
    """The fact that an address for corrections is about."""
    for filled in everything_known(organisation):
        for fact in filled.facts:
            if fact.key == key:
                return filled.section, fact
    return None
