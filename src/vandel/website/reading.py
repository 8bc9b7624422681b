"""What a visit's pages say: every statement once, with its place in the stored text; how the texts agree.

Statements are looked for in the whole visible text, since footers say "vi har kollektivavtal"; the main text
tells whether a passage stands in what the page is about or in a menu.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from vandel.evidence.digest import sha256_hex
from vandel.website.extract import Extract
from vandel.website.statements import Finding, find_statements

# "Vi har kollektivavtal" has three words.
_FEWEST_WORDS: Final = 3
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class PageStatement:
    """A passage of page number ``page`` (from 0): ``extract.full[finding.start:finding.end]`` is the snippet.

    ``key`` is the same for the same words read in the same way, wherever they stand. ``also_on`` counts the
    further pages that have them.
    """

    page: int
    finding: Finding
    key: str
    in_main: bool
    also_on: int


def read_statements(pages: Iterable[tuple[int, Extract]]) -> list[PageStatement]:
    """The statements of numbered pages, heaviest first, each passage once however many pages have it."""
    first: dict[str, tuple[int, Finding, bool]] = {}
    others: Counter[str] = Counter()
    for number, page in pages:
        main = folded(page.main)
        on_page: set[str] = set()
        for finding in _findings(page):
            key = statement_key(finding.label, finding.snippet)
            if key in first:
                others[key] += key not in on_page and first[key][0] != number
            else:
                first[key] = (number, finding, folded(finding.snippet) in main)
            on_page.add(key)
    found = [
        PageStatement(number, finding, key, in_main, others[key])
        for key, (number, finding, in_main) in first.items()
    ]
    return sorted(found, key=lambda one: (-one.finding.weight, one.page, one.finding.start))


def _findings(page: Extract) -> Iterator[Finding]:
    """The findings of a page, with offsets in its full text.

    A line of nothing but links is read by itself, and not at all when it is too short to say anything: a
    menu's "Ryssland" says nothing of the sentence below it.
    """
    phrases = _link_phrases(page)
    start = at = 0
    for line in page.full.split("\n"):
        end = at + len(line)
        if _is_menu(line, phrases):
            yield from _shifted(page, start=start, end=at)
            if len(line.split()) >= _FEWEST_WORDS:
                yield from _shifted(page, start=at, end=end)
            start = end
        at = end + 1
    yield from _shifted(page, start=start, end=len(page.full))


def _shifted(page: Extract, *, start: int, end: int) -> Iterator[Finding]:
    for finding in find_statements(page.full[start:end], page.language):
        yield replace(finding, start=finding.start + start, end=finding.end + start)


def _link_phrases(page: Extract) -> dict[str, list[list[str]]]:
    """The words of each link by their first one, the longest first."""
    phrases: dict[str, list[list[str]]] = {}
    for link in page.links:
        words = _WORD.findall(link.words.casefold())
        if words:
            phrases.setdefault(words[0], []).append(words)
    return {first: sorted(found, key=len, reverse=True) for first, found in phrases.items()}


def _is_menu(line: str, phrases: Mapping[str, Sequence[Sequence[str]]]) -> bool:
    """Whether a line is made of links' words alone."""
    words = _WORD.findall(line.casefold())
    at = 0
    while at < len(words):
        link = next((one for one in phrases.get(words[at], ()) if words[at : at + len(one)] == one), None)
        if link is None:
            return False
        at += len(link)
    return bool(words)


def statement_key(label: str, snippet: str) -> str:
    """The same for the same words read in the same way: case, space and signs between words don't count."""
    return sha256_hex(f"{label}\n{folded(snippet)}".encode())


def folded(text: str) -> str:
    """The words of a text, small, with one space between."""
    return " ".join(_WORD.findall(text.casefold()))


def agreement(page: Extract) -> float | None:
    """The share (0-1) of the main text's words that the full text has too; None where either is empty.

    Near 1 is as it should be. Far less: the two ways to read the page disagree, and a person looks.
    """
    main, full = Counter(_WORD.findall(page.main.casefold())), Counter(_WORD.findall(page.full.casefold()))
    words = main.total()
    return (main & full).total() / words if words and full else None


def language_of_visit(pages: Sequence[Extract]) -> str:
    """The language that most of the text is in (ISO 639-1), empty when no page's is known."""
    letters: Counter[str] = Counter()
    for page in pages:
        if page.language:
            letters[page.language] += len(page.full)
    return letters.most_common(1)[0][0] if letters else ""
