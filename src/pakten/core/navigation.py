"""The main menu. Who sees an entry is what its view has declared, so that menu and view can't disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

MENU: list[tuple[str, str]] = [
    ("Hem", "core:home"),
    ("Medlemmar", "members:list"),
    ("Kontroll", "checks:control"),
    ("Listor", "checks:lists"),
    ("Diarium", "records:diary"),
    ("Jobb", "jobs:list"),
    ("Logg", "audit:log"),
    ("Konton", "accounts:list"),
]

# At the foot of every page: what is open to everybody, signed in or not.
OPEN_PAGES: list[tuple[str, str]] = [
    ("Öppet diarium", "records:public_diary"),
    ("Begär en handling", "records:ask"),
]


@dataclass(frozen=True, slots=True)
class Link:
    """A menu line as rendered: ``current`` is ``page`` on the page itself, ``true`` below it, else empty."""

    label: str
    url: str
    current: str


def menu_for(request: HttpRequest) -> list[Link]:
    """The lines of the menu that lead somewhere for the person who asks; none for visitors."""
    roles = roles_of(request)
    if roles is None:
        return []
    return [_link(request, label, url=url) for label, url in _addresses(MENU) if _is_open(url, roles)]


def open_pages() -> list[Link]:
    """The links at the foot of every page."""
    return [Link(label, url, "") for label, url in _addresses(OPEN_PAGES)]


def may_open(request: HttpRequest, address: str) -> bool:
    """Whether the view of a local address is open to the person who asks; False where there is no view."""
    try:
        return _is_open(urlsplit(address).path, roles_of(request) or frozenset())
    except Resolver404:
        return False


def roles_of(request: HttpRequest) -> frozenset[str] | None:
    """The role values of the person who is signed in; None for visitors."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return frozenset(user.role_assignments.values_list("role", flat=True))


def _addresses(entries: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    for label, name in entries:
        try:
            yield label, reverse(name)
        except NoReverseMatch:
            continue


def _is_open(url: str, roles: frozenset[str]) -> bool:
    view = resolve(url).func
    return bool(getattr(view, "is_public", False) or roles & getattr(view, "allowed_roles", frozenset()))


def _link(request: HttpRequest, label: str, *, url: str) -> Link:
    if request.path == url:
        return Link(label, url, "page")
    below = url != "/" and request.path.startswith(url)
    return Link(label, url, "true" if below else "")
