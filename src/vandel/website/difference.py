"""What came and what went between two visits: lines of text, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from vandel.website.reading import folded

_LONGEST_LINE: Final = 600
MOST_LINES: Final = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text that only one of the visits saw, and the page where it stands."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class TextDifference:
    """``came`` only the later visit saw, ``went`` only the earlier. ``is_cut``: there are more than these."""

    came: tuple[Line, ...]
    went: tuple[Line, ...]
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.came and not self.went


def text_difference(earlier: Mapping[str, str], later: Mapping[str, str]) -> TextDifference:
    """Compare texts by the address of their page.

    A line that has only moved, to another place or another page, is no difference; nor are case, space and
    signs between words.
    """
    came, went = list(_only(later, earlier)), list(_only(earlier, later))
    cut = len(came) > MOST_LINES or len(went) > MOST_LINES
    return TextDifference(tuple(came[:MOST_LINES]), tuple(went[:MOST_LINES]), cut)


def _only(these: Mapping[str, str], those: Mapping[str, str]) -> Iterator[Line]:
    known = {folded(line) for text in those.values() for line in text.split("\n")}
    for url, text in these.items():
        for line in text.split("\n"):
            key = folded(line)
            if key and key not in known:
                known.add(key)
                yield Line(url, line[:_LONGEST_LINE])
