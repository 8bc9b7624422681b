"""What a visit's pages say: every statement once, with its place in the stored text; how the texts agree.

Statements are looked for in the whole visible text, since footers say "vi har kollektivavtal"; the main text
tells whether a passage stands in what the page is about or in a menu.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from vandel.evidence.digest import sha256_hex
from vandel.website.extract import Extract
from vandel.website.statements import Finding, find_statements

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
        for finding in find_statements(page.full, page.language):
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
