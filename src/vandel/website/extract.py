"""What a page says: the whole visible text, the main text, its head, its links.

Two texts, because extractors of main text throw away the footer, where Swedish companies put their
organisation number and "vi har kollektivavtal". Nothing here goes to the network. It runs in a process of its
own (:mod:`vandel.website.extract_apart`), since pages are written by strangers and the parsers in C.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

LANGUAGES: Final = ("sv", "en", "fi", "ru", "uk", "de", "no", "da")
_SHORT: Final = 40
_MOST_LINKS: Final = 2_000
_UNSEEN: Final = "script,style,noscript,template,svg,iframe,object,head,[hidden],[aria-hidden=true]"
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00]")
_CONTROLS: Final = re.compile("[\x01-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff]")
_SPACES: Final = re.compile(r"[^\S\n]+")
_FACTS: Final = ("name", "legalName", "vatID", "taxID", "address", "url", "email")


@dataclass(frozen=True, slots=True)
class Link:
    """A link as written, with the words on it."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Extract:
    """A page's texts in normal form NFC, without invisible signs: the texts that offsets count in.

    ``full`` is every visible word in reading order, footer and all; ``main`` what the page is about; ``head``
    its title, description and the facts that it states about its owner for machines. ``language`` is
    ISO 639-1 or empty. ``asks_password`` tells a sign-in form.
    """

    title: str
    full: str
    main: str
    head: str
    language: str
    links: tuple[Link, ...]
    asks_password: bool


def extract(html: str, *, is_html: bool = True) -> Extract:
    """The texts of a page."""
    if not is_html:
        text = tidy(html)
        return Extract("", text, text, "", language_of(text), (), False)
    tree = LexborHTMLParser(html)
    titled = tree.css_first("title")
    title = tidy(titled.text()) if titled is not None else ""
    declared = str((tree.root.attributes.get("lang") if tree.root else "") or "")[:2].lower()
    links = _links(tree)
    asks = tree.css_first("input[type=password]") is not None
    head = "\n".join(part for part in (title, *_descriptions(tree), *_facts(tree)) if part)
    full = _visible(tree)
    language = language_of(full) or (declared if declared.isalpha() else "")
    return Extract(title, full, main_text(html), head, language, links, asks)


def tidy(text: str) -> str:
    """NFC, no invisible signs, single spaces, no empty lines."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text.replace("\r", "\n")))
    text = _CONTROLS.sub(" ", text)
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def main_text(html: str) -> str:
    """What the page is about, without menus and footers; empty where nothing stands out."""
    # Imported here: it takes a fifth of a second, and the reading of plain text needs it not.
    import trafilatura

    try:
        found = trafilatura.extract(
            html, include_comments=False, include_tables=True, deduplicate=False, with_metadata=False
        )
    except (ValueError, TypeError, AttributeError, RecursionError, UnicodeError):
        return ""
    return tidy(found or "")


def language_of(text: str) -> str:
    """The language among those that we read, or empty below 40 letters, where a guess is worth little."""
    if sum(map(str.isalpha, text[:400])) < _SHORT:
        return ""
    return str(_identifier().classify(text[:4_000])[0])


_made: list[Any] = []


def _identifier() -> Any:
    if not _made:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier

        identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
        identifier.set_languages(LANGUAGES)
        _made.append(identifier)
    return _made[0]


def _links(tree: LexborHTMLParser) -> tuple[Link, ...]:
    found: dict[str, str] = {}
    for node in tree.css("a[href]")[:_MOST_LINKS]:
        href = (node.attributes.get("href") or "").strip()
        words = _SPACES.sub(" ", tidy(node.text()[:500]).replace("\n", " "))
        if href and not found.get(href):
            found[href] = words
    return tuple(Link(href, words[:200]) for href, words in found.items())


def _descriptions(tree: LexborHTMLParser) -> list[str]:
    nodes = tree.css("meta[name=description], meta[property='og:site_name']")[:4]
    return [tidy(node.attributes.get("content") or "") for node in nodes]


def _facts(tree: LexborHTMLParser) -> list[str]:
    """What JSON-LD states of an organisation, one ``key: value`` per line."""
    facts: list[str] = []
    for node in tree.css("script[type='application/ld+json']")[:10]:
        try:
            value = json.loads(node.text()[:100_000])
        except (ValueError, RecursionError):
            continue
        _collect(value, facts, depth=0)
    return [tidy(fact) for fact in facts[:40]]


def _collect(value: object, facts: list[str], *, depth: int) -> None:
    if depth > 6 or len(facts) > 40:
        return
    if isinstance(value, list):
        for item in value[:40]:
            _collect(item, facts, depth=depth + 1)
    if isinstance(value, dict):
        for key, item in list(value.items())[:40]:
            if key in _FACTS and isinstance(item, str):
                facts.append(f"{key}: {item[:300]}".replace("\n", " "))
            _collect(item, facts, depth=depth + 1)


def _visible(tree: LexborHTMLParser) -> str:
    for node in tree.css(_UNSEEN):
        node.decompose()
    body: LexborNode | None = tree.body
    return "" if body is None else tidy(_in_lines(body))


_BREAKS: Final = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "button", "dd", "details", "div", "dl",
        "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
        "h6", "header", "hr", "label", "legend", "li", "main", "nav", "ol", "option", "p", "pre",
        "section", "summary", "table", "td", "th", "tr", "ul",
    }
)  # fmt: skip


def _in_lines(body: LexborNode) -> str:
    """The text with a line end before and after each block, so that words of two blocks never run together.

    Walked without recursion: pages may be nested as deep as their writer likes.
    """
    parts: list[str] = []
    open_blocks: list[bool] = []
    node = body.child
    while node is not None:
        is_block = node.tag in _BREAKS
        if node.tag == "-text":
            parts.append((node.text_content or "").replace("\n", " "))
        elif is_block:
            parts.append("\n")
        if node.child is not None:
            open_blocks.append(is_block)
            node = node.child
            continue
        while node is not None and node.next is None and open_blocks:
            parts.append("\n" if open_blocks.pop() else "")
            node = node.parent
        node = node.next if node is not None else None
    return "".join(parts)
