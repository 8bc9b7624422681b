"""How a text is laid out, and what differs between two versions, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import groupby

_TOKEN = re.compile(r"\n|\w+[^\S\n]*|[^\w\s]+[^\S\n]*|[^\S\n]+")
_BULLET = "- "


class Kind(StrEnum):
    """What happened to a piece of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph's line, or an item of a list."""

    pieces: tuple[Piece, ...]
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a list."""

    lines: tuple[Line, ...]
    is_list: bool


def blocks(text: str) -> list[Block]:
    """The text as paragraphs and lists."""
    return _blocks([Piece(Kind.SAME, text)])


def difference(old: str, new: str) -> list[Block]:
    """``new``, with what was taken away from ``old`` kept in its place."""
    return _blocks(_pieces(old, new))


def _pieces(old: str, new: str) -> Iterator[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    # A word is the same whether a blank or a full stop follows it.
    opcodes = SequenceMatcher(None, _bare(before), _bare(after)).get_opcodes()
    for what, i, j, k, end in opcodes:
        if what == "equal":
            yield Piece(Kind.SAME, "".join(after[k:end]))
            continue
        if removed := "".join(before[i:j]):
            yield Piece(Kind.REMOVED, removed)
        if added := "".join(after[k:end]):
            yield Piece(Kind.ADDED, added)


def _bare(tokens: list[str]) -> list[str]:
    return [token.strip(" \t") or token for token in tokens]


def _blocks(pieces: Iterable[Piece]) -> list[Block]:
    lines = [_line(each) for each in _lines(pieces)]
    return [
        Block(tuple(line for line in group if line.pieces), is_list=key == "item")
        for key, group in groupby(lines, key=_key)
        if key != "empty"
    ]


def _key(line: Line) -> str:
    if not line.pieces:
        return "empty"
    return "item" if line.is_item else "text"


def _lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        line.append(Piece(piece.kind, first))
        for text in rest:
            yield line
            line = [Piece(piece.kind, text)]
    yield line


def _line(pieces: list[Piece]) -> Line:
    kept = [piece for piece in pieces if piece.text.strip()]
    is_item = bool(kept) and kept[0].text.lstrip().startswith(_BULLET)
    if is_item:
        kept[0] = Piece(kept[0].kind, kept[0].text.lstrip().removeprefix(_BULLET))
        kept = [piece for piece in kept if piece.text]
    return Line(tuple(kept), is_item)
