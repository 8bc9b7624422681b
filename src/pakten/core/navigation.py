"""The main menu. Who sees an entry is what its view has declared, so that menu and view can't disagree."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, get_script_prefix, get_urlconf, resolve, reverse

from pakten.accounts import policies
from pakten.core.home import first_page

# So many lines can be taken in at once; whoever may open more finds the rest on the page of all pages.
MOST_LINES = 13


@dataclass(frozen=True, slots=True)
class Entry:
    """A page with a line of its own. ``daily``: it stands in the menu also of those who may open very many.

    ``words`` say on the page of all pages what one does there.
    """

    label: str
    name: str
    words: str
    daily: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are used together, under a heading, in the order of a day's work."""

    heading: str
    entries: tuple[Entry, ...]


PARTS: tuple[Part, ...] = (
    Part(
        "",
        (
            Entry("Hem", "core:home", "Vad som väntar på dig, och hur säkra vi är på kontrollen.", True),
            Entry("Min organisation", "members:own", "Allt som staden har om er.", True),
        ),
    ),
    Part(
        "Medlemskap",
        (
            Entry(
                "Ansökningar",
                "members:applications",
                "Ansökningar, från första dagen till beslutet.",
                True,
            ),
            Entry("Medlemmar", "members:list", "Registret över medlemmarna, med sökning och filer.", True),
            Entry("Meddelanden", "members:inbox", "Det som medlemmar och staden skriver.", True),
            Entry("Mål och värdegrund", "members:texts", "Det som medlemmarna intygar, i versioner."),
        ),
    ),
    Part(
        "Kontroll",
        (
            Entry("Att bedöma", "alerts:inbox", "Allt som väntar på en persons bedömning.", True),
            Entry("Kontroller", "checks:control", "Medlemmarna jämförda med listorna, och utfallet.", True),
            Entry("Avvikelser", "deviations:list", "Det som en person har bekräftat eller iakttagit.", True),
            Entry("Bevakning", "watching:overview", "Ändringar, självtest, ordningen och stoppknappen."),
            Entry("Kontrollblad", "sheets:list", "En kontroll på en sida, och Excel för alla."),
            Entry("Webbplatsbesök", "visits:list", "Vad som stod på medlemmarnas webbplatser."),
            Entry("Namnlikheter", "checks:likenesses", "Alla namn som liknar namn på en lista."),
            Entry("Stickprov", "alerts:samples", "Hur ofta en andra person kom fram till samma sak."),
            Entry("Listor", "checks:lists", "Sanktionslistorna: utgåvor, ålder och filer."),
            Entry("Register", "checks:registers", "Offentliga register som kontrollen frågar."),
        ),
    ),
    Part(
        "Ärenden",
        (
            Entry("Beslut", "decisions:list", "Beslut och delegationsordningen.", True),
            Entry("Diarium", "records:diary", "Ärenden och handlingar.", True),
            Entry("Utgående post", "letters:outbox", "Brev och e-post: väntar, skickat, stoppat."),
        ),
    ),
    Part(
        "Uppföljning",
        (
            Entry("Siffror", "figures:catalogue", "Siffror med definition, dag och lista.", True),
            Entry("Logg", "audit:log", "Vem som gjorde vad, och när.", True),
            Entry("Konton", "accounts:list", "Vem som får logga in, och med vilken roll.", True),
            Entry("Jobb", "jobs:list", "Det som systemet arbetar med just nu."),
        ),
    ),
)
ENTRIES: tuple[Entry, ...] = tuple(entry for part in PARTS for entry in part.entries)
ALL_PAGES = Entry("Alla sidor", "core:pages", "Alla sidor som du får öppna.", True)

# At the foot of every page: what is open to everybody, signed in or not.
OPEN_PAGES: tuple[Entry, ...] = (
    Entry("Medlemsförteckning", "members:public_list", "Vilka som är medlemmar."),
    Entry("Bli medlem", "apply:start", "Ansök om medlemskap."),
    Entry("Mål och värdegrund", "members:public_texts", "Det som medlemmarna intygar."),
    Entry("Öppet diarium", "records:public_diary", "Vilka handlingar som finns."),
    Entry("Begär en handling", "records:ask", "Be att få se en handling."),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A menu line as rendered: ``current`` is ``page`` on the page itself, ``true`` below it, else empty."""

    label: str
    url: str
    current: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading; one without a heading has an empty one."""

    heading: str
    links: tuple[Link, ...]


def menu_for(request: HttpRequest, every: list[Group]) -> list[Group]:
    """The lines of the menu: all of ``every``, or what is used daily and the page that the person is on,
    where all would be too many to take in."""
    if sum(len(group.links) for group in every) <= MOST_LINES:
        return every
    daily = {entry.label for entry in ENTRIES if entry.daily}
    shown = [
        Group(group.heading, tuple(link for link in group.links if link.label in daily or link.current))
        for group in every
    ]
    url = reverse(ALL_PAGES.name)
    rest = Group("", (_link(request, ALL_PAGES, url=url, here=""),))
    return [*(group for group in shown if group.links), rest]


def pages_for(request: HttpRequest) -> list[Group]:
    """All pages with a line of their own that the person who asks may open; none for visitors."""
    roles = roles_of(request)
    if roles is None:
        return []
    # Whoever has a first page of their own would find two lines that lead to it.
    needless = reverse("core:home") if first_page(request) else None
    found = [
        (part.heading, [(entry, url) for entry, url in _addresses(part.entries) if url != needless])
        for part in PARTS
    ]
    mine = [(heading, [line for line in lines if _is_open(line[1], roles)]) for heading, lines in found]
    here = _nearest(request.path, [url for _, lines in mine for _, url in lines])
    return [
        Group(heading, tuple(_link(request, entry, url=url, here=here) for entry, url in lines))
        for heading, lines in mine
        if lines
    ]


def open_pages(own: list[Group]) -> list[Link]:
    """The links at the foot of every page, without what the person's own pages have under the same name."""
    taken = {link.label for group in own for link in group.links}
    found = _addresses(OPEN_PAGES)
    return [Link(entry.label, url, "", entry.words) for entry, url in found if entry.label not in taken]


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
    return policies.roles_of(user)


def _addresses(entries: Iterable[Entry]) -> Iterator[tuple[Entry, str]]:
    for entry in entries:
        url = _address(entry.name, _site(), prefix=get_script_prefix())
        if url is not None:
            yield entry, url


def _is_open(url: str, roles: frozenset[str]) -> bool:
    view = _view(url, _site())
    return bool(getattr(view, "is_public", False) or roles & getattr(view, "allowed_roles", frozenset()))


def _nearest(path: str, urls: list[str]) -> str:
    """The menu's address that the page is at or below; of several the longest, so that one line is marked."""
    return max((url for url in urls if url != "/" and path.startswith(url)), key=len, default="")


def _link(request: HttpRequest, entry: Entry, *, url: str, here: str) -> Link:
    on = "page" if request.path == url else "true" if url == here else ""
    return Link(entry.label, url, on, entry.words)


# Each page asks for the same few addresses: to look them up anew was an eighth of a page's work.
def _site() -> str:
    return get_urlconf() or settings.ROOT_URLCONF


@lru_cache(maxsize=256)
def _address(name: str, site: str, *, prefix: str) -> str | None:
    # Under another prefix it is another address, so that one belongs to what is remembered.
    try:
        return reverse(name, urlconf=site)
    except NoReverseMatch:
        return None


@lru_cache(maxsize=256)
def _view(url: str, site: str) -> Callable[..., object]:
    return resolve(url, site).func
