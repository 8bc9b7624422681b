"""The main menu. Who sees an entry is what its view has declared, so that menu and view can't disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from pakten.core.home import first_page

# Lines that are used together stand together, in the order of a day's work.
GROUPS: list[list[tuple[str, str]]] = [
    [("Hem", "core:home"), ("Min organisation", "members:own")],
    [
        ("Ansökningar", "members:applications"),
        ("Medlemmar", "members:list"),
        ("Meddelanden", "members:inbox"),
        ("Mål och värdegrund", "members:texts"),
    ],
    [
        ("Att bedöma", "alerts:inbox"),
        ("Kontroll", "checks:control"),
        ("Kontrollblad", "sheets:list"),
        ("Webbplatsbesök", "visits:list"),
        ("Avvikelser", "deviations:list"),
        ("Bevakning", "watching:overview"),
        ("Listor", "checks:lists"),
        ("Register", "checks:registers"),
    ],
    [("Beslut", "decisions:list"), ("Diarium", "records:diary"), ("Utgående post", "letters:outbox")],
    [
        ("Siffror", "figures:catalogue"),
        ("Jobb", "jobs:list"),
        ("Logg", "audit:log"),
        ("Konton", "accounts:list"),
    ],
]
MENU: list[tuple[str, str]] = [entry for group in GROUPS for entry in group]

# At the foot of every page: what is open to everybody, signed in or not.
OPEN_PAGES: list[tuple[str, str]] = [
    ("Medlemsförteckning", "members:public_list"),
    ("Bli medlem", "apply:start"),
    ("Mål och värdegrund", "members:public_texts"),
    ("Öppet diarium", "records:public_diary"),
    ("Begär en handling", "records:ask"),
]


@dataclass(frozen=True, slots=True)
class Link:
    """A menu line as rendered: ``current`` is ``page`` on the page itself, ``true`` below it, else empty."""

    label: str
    url: str
    current: str


def menu_for(request: HttpRequest) -> list[list[Link]]:
    """The groups of lines that lead somewhere for the person who asks; none for visitors."""
    roles = roles_of(request)
    if roles is None:
        return []
    # Whoever has a first page of their own would find two lines that lead to it.
    needless = reverse("core:home") if first_page(request) else None
    groups = [
        [(label, url) for label, url in _addresses(group) if url != needless and _is_open(url, roles)]
        for group in GROUPS
    ]
    here = _nearest(request.path, [url for group in groups for _, url in group])
    return [[_link(request, label, url=url, here=here) for label, url in group] for group in groups if group]


def open_pages(menu: list[list[Link]]) -> list[Link]:
    """The links at the foot of every page, without what stands in the menu under the same name."""
    taken = {link.label for group in menu for link in group}
    return [Link(label, url, "") for label, url in _addresses(OPEN_PAGES) if label not in taken]


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


def _nearest(path: str, urls: list[str]) -> str:
    """The menu's address that the page is at or below; of several the longest, so that one line is marked."""
    return max((url for url in urls if url != "/" and path.startswith(url)), key=len, default="")


def _link(request: HttpRequest, label: str, *, url: str, here: str) -> Link:
    if request.path == url:
        return Link(label, url, "page")
    return Link(label, url, "true" if url == here else "")
