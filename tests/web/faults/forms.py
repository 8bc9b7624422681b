"""Reads the forms of a page and fills them: as a person, as a stranger and as a machine would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode, urljoin
from zlib import crc32

from bs4 import BeautifulSoup, Tag

WRITTEN = {"text", "email", "url", "search", "tel", "number", "date", "datetime-local", "time", "textarea"}
# "\udcff" and its like travel as single bytes that are no UTF-8.
STRANGE = (
    "\x00",
    "a\x00b",
    "\udcff\udcfe",
    "Åkeri\udce5",
    "\u202eBA irekÅ",
    "\u200b\u200d\ufeff",
    "Nоrrskеn АB",
    "👩🏽‍🚒e\u0301\u0301\u0301",
    "'\"><script>alert(1)</script>",
    "{{7*7}}{% debug %}",
    "=cmd|' /C calc'!A0",
    "-1",
    "0",
    "99999999999999999999",
    "1e400",
    "²",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "a@b@c",
    "http://[::1",
    "../../etc/passwd",
    "rad ett\r\nrad två\x85\u2028tre",
)
RUBBISH = ("99999999999999999999", "-1", "\x00", "abc", "²", "\udcff", "")
LONG = "x" * 1_000_000


@dataclass(frozen=True)
class Field:
    """A control: its name, its kind, and what it holds as the page is shown."""

    name: str
    kind: str
    value: str
    options: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Something of normal length that a person could have typed here, and no other field holds."""
        return f"Kvar {crc32(self.name.encode()) % 10_000} åß"


@dataclass(frozen=True)
class Form:
    """A form that writes."""

    action: str
    fields: tuple[Field, ...]

    @property
    def written(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.kind in WRITTEN)

    def chosen(self) -> list[tuple[str, str]]:
        """What a person who touches only what can be chosen sends."""
        others = (field for field in self.fields if field.kind not in WRITTEN)
        return [(field.name, field.value) for field in others if field.kind != "file"]

    def marked(self) -> list[tuple[str, str]]:
        return [(field.name, field.mark) for field in self.written]


def forms(html: str, address: str) -> list[Form]:
    """The page's forms that write."""
    soup = BeautifulSoup(html, "html.parser")
    return [
        Form(urljoin(address, str(tag.get("action") or "")), tuple(_fields(soup, tag)))
        for tag in soup.find_all("form")
        if str(tag.get("method", "get")).lower() == "post"
    ]


def _fields(soup: BeautifulSoup, form: Tag) -> Iterator[Field]:
    inside = form.find_all(["input", "select", "textarea", "button"])
    outside = soup.find_all(["input", "select", "textarea", "button"], form=form.get("id") or "-")
    for tag in [*inside, *outside]:
        name, kind = str(tag.get("name", "")), str(tag.get("type", "text"))
        if not name or name == "csrfmiddlewaretoken" or kind == "button":
            continue
        if tag.name == "select":
            options = tuple(str(option.get("value", "")) for option in tag.find_all("option"))
            yield Field(name, "select", options[-1] if options else "", options)
        elif tag.name == "textarea":
            yield Field(name, "textarea", tag.get_text())
        else:
            yield Field(name, kind if tag.name == "input" else "submit", str(tag.get("value", "")))


def rounds(form: Form) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What is sent, round by round; the same each time."""
    start = crc32(form.action.encode())
    for step in (0, 7, 14):
        pairs = [
            (field.name, STRANGE[(start + place + step) % len(STRANGE)])
            for place, field in enumerate(form.written)
        ]
        if pairs:
            yield "strange", [*form.chosen(), *pairs]
    unknown = [(name, "finns \x00 inte") for name, _ in form.chosen()]
    hidden = {field.name for field in form.fields if field.kind == "hidden"}
    if any(name not in hidden for name, _ in unknown):
        kept = [(name, value) for name, value in form.chosen() if name in hidden]
        yield "unknown", [*kept, *[pair for pair in unknown if pair[0] not in hidden], *form.marked()]
    if hidden:
        rubbish = [
            (name, RUBBISH[(start + place) % len(RUBBISH)]) for place, name in enumerate(sorted(hidden))
        ]
        shown = [pair for pair in form.chosen() if pair[0] not in hidden]
        yield "hidden", [*rubbish, *shown, *form.marked()]
    if form.written:
        longest = form.written[start % len(form.written)].name
        yield (
            "long",
            [*form.chosen(), *[pair for pair in form.marked() if pair[0] != longest], (longest, LONG)],
        )
    yield "empty", []


def encoded(pairs: list[tuple[str, str]]) -> bytes:
    """As the bytes of a request, those that are no UTF-8 among them."""
    return urlencode([(_raw(name), _raw(value)) for name, value in pairs]).encode()


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
