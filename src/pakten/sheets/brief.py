"""What of a sheet's content stands on its page, which is one always: the whole lies in the file inside it.

The content is tried in each :data:`ROOMS` in turn, and the first that fits on the page is printed. Smaller
type comes before fewer rows, and what few read goes before what is decided by. Secrecy marks stand there
whole and all of them: whoever hands the sheet on must see them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from pakten.deviations.models import OPEN
from pakten.organisations.models import LookupOutcome
from pakten.sheets.values import ComparedLine, DeviationLine, LikenessLine, RegisterLine, SheetContent
from vandel.model import Result

# What is a code or a digest is whole or not there at all; so are secrecy marks, and whom the sheet is about.
_WHOLE = {"sha256", "archive_sha256", "result", "outcome", "organisation", "marks"}
# No type smaller than this is read on paper.
_SMALLEST = 6.5
_OPEN = {level.label for level in OPEN}


@dataclass(frozen=True, slots=True)
class Room:
    """How much stands on the page: the size of the type, the most signs of a text, the most rows of a list.

    Nothing = no limit. ``digests``: whether those of single rows are printed; the content's own always is.
    ``marks``: whether secrecy marks stand one by one; without, a sentence says that there are so many.
    """

    size: float
    words: int = 0
    digests: bool = True
    rows: Mapping[str, int] = field(default_factory=dict)
    marks: bool = True


def _rows(few: int, **more: int) -> dict[str, int]:
    """The most rows of each list; ``few`` of those that only stand beside what is decided by."""
    beside = dict.fromkeys(("compared", "registers", "statements", "unchecked", "editions"), few)
    return beside | more


_FEWEST = _rows(1, likenesses=2, steps=1, deviations=1, standing=3)
_NONE = _rows(0, likenesses=0, deviations=0, standing=3)

ROOMS: tuple[Room, ...] = (
    Room(9),
    Room(8.4),
    Room(8, digests=False),
    Room(7.5, digests=False),
    Room(7, digests=False),
    Room(8, 400, digests=False, rows=_rows(8)),
    Room(8, 240, digests=False, rows=_rows(5, likenesses=6, steps=3, deviations=4)),
    Room(7.5, 160, digests=False, rows=_rows(4, likenesses=4, steps=2, deviations=3)),
    Room(7.5, 100, digests=False, rows=_rows(3, likenesses=3, steps=1, deviations=2, standing=4)),
    Room(7.5, 40, digests=False, rows=_FEWEST),
    Room(7, 40, digests=False, rows=_FEWEST),
    Room(_SMALLEST, 40, digests=False, rows=_FEWEST),
    Room(_SMALLEST, 40, digests=False, rows=_NONE),
    # More marks than a page holds: the page says so, rather than to hide some of them.
    Room(_SMALLEST, 40, digests=False, rows=_NONE, marks=False),
)


@dataclass(frozen=True, slots=True)
class Brief:
    """What stands on the page, and how many rows of each list are left to the file inside."""

    content: SheetContent
    left: Mapping[str, int]
    is_whole: bool


def brief(content: SheetContent, room: Room) -> Brief:
    """The content as it stands on the page in this room."""
    shown, left = content, {}
    for name, order in _ORDERS.items():
        rows = _list(shown, name)
        most = room.rows.get(name)
        if most is None or len(rows) <= most:
            continue
        shown, left[name] = _with(shown, name, rows=order(rows)[:most]), len(rows) - most
    shown = _with_last_steps(shown, room.rows.get("steps"))
    clipped = _clipped(shown, room.words) if room.words else shown
    return Brief(clipped, left, is_whole=clipped == content)


def _list(content: SheetContent, name: str) -> Sequence[Any]:
    if name == "statements":
        return content.visit.statements if content.visit else ()
    rows: Sequence[Any] = getattr(content, name)
    return rows


def _with(content: SheetContent, name: str, *, rows: Sequence[Any]) -> SheetContent:
    if name != "statements":
        changed: dict[str, Any] = {name: tuple(rows)}
        return replace(content, **changed)
    assert content.visit is not None
    return replace(content, visit=replace(content.visit, statements=tuple(rows)))


def _with_last_steps(content: SheetContent, most: int | None) -> SheetContent:
    """Of what people have said of a likeness the last word counts."""
    if most is None:
        return content
    lines = (replace(line, judgements=line.judgements[-most:]) for line in content.likenesses)
    return replace(content, likenesses=tuple(lines))


def _clipped(value: Any, most: int) -> Any:
    """``value`` with each text in it no longer than ``most``."""
    if isinstance(value, str):
        return clip(value, most)
    if isinstance(value, tuple):
        return tuple(_clipped(each, most) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    names = (each.name for each in fields(value) if each.name not in _WHOLE)
    return replace(value, **{name: _clipped(getattr(value, name), most) for name in names})


def clip(text: str, most: int) -> str:
    """The beginning of a text on one line, to the end of a word where there is one."""
    line = " ".join(text.split()) if len(text) > most or text.count("\n") > 1 else text
    if len(line) <= most:
        return line
    begun = line[: most - 1]
    words = begun.rsplit(" ", 1)[0] if " " in begun[most // 2 :] else begun
    return f"{words.rstrip(' ,;:.–')}…"


def _heaviest_first(rows: Sequence[ComparedLine]) -> Sequence[ComparedLine]:
    weight = {Result.NOT_MET.value: 0, Result.UNKNOWN.value: 1}
    return sorted(rows, key=lambda row: weight.get(row.result, 2))


def _open_first(rows: Sequence[DeviationLine]) -> Sequence[DeviationLine]:
    """The open ones, and the latest of them first."""
    latest_first = tuple(reversed(rows))
    return sorted(latest_first, key=lambda row: row.state not in _OPEN)


def _unjudged_first(rows: Sequence[LikenessLine]) -> Sequence[LikenessLine]:
    return sorted(rows, key=lambda row: (not row.binds, bool(row.judgements)))


def _unanswered_first(rows: Sequence[RegisterLine]) -> Sequence[RegisterLine]:
    return sorted(rows, key=lambda row: row.outcome == LookupOutcome.FOUND)


# Which rows stay where not all do: the first ones, unless some matter more.
_ORDERS: dict[str, Callable[[Any], Sequence[Any]]] = {
    "deviations": _open_first,
    "likenesses": _unjudged_first,
    "compared": _heaviest_first,
    "registers": _unanswered_first,
    **dict.fromkeys(("statements", "editions", "unchecked", "standing"), tuple),
}
