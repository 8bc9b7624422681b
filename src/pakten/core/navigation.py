"""The main menu: one list, filtered by what the signed-in person may open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

# Role values as accounts writes them; this area knows no other area.
STAFF = frozenset(
    {"case_officer", "manager", "director", "registrar", "board_secretary", "auditor", "administrator"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu: shown to people with one of ``roles``."""

    label: str
    url_name: str
    roles: frozenset[str] = STAFF


@dataclass(frozen=True, slots=True)
class Link:
    """A menu line as rendered: ``current`` is ``page`` on the page itself, ``true`` below it, else empty."""

    label: str
    url: str
    current: str


MENU: list[Entry] = [
    Entry("Hem", "core:home"),
    Entry("Medlemmar", "members:list"),
    Entry("Kontroll", "checks:control"),
    Entry("Listor", "checks:lists"),
    Entry("Jobb", "jobs:list"),
    Entry("Logg", "audit:log"),
]


def menu_for(request: HttpRequest) -> list[Link]:
    """The lines of the menu for the person who asks; none for visitors."""
    roles = roles_of(request)
    return [_link(request, *found) for found in _addresses(entry for entry in MENU if entry.roles & roles)]


def roles_of(request: HttpRequest) -> frozenset[str]:
    """The role values of the person who is signed in; empty for visitors."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return frozenset()
    return frozenset(user.role_assignments.values_list("role", flat=True))


def _addresses(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    for entry in entries:
        try:
            yield entry.label, reverse(entry.url_name)
        except NoReverseMatch:
            continue


def _link(request: HttpRequest, label: str, url: str) -> Link:
    if request.path == url:
        return Link(label, url, "page")
    below = url != "/" and request.path.startswith(url)
    return Link(label, url, "true" if below else "")
