"""How a member stands: one pure function from what the engine compared and what people judged.

The engine says *met* (nothing alike), *unknown* (a likeness waits, or it could not be checked) or *not
applicable*. Only a person's judgement makes *not met*. Only lists that bind in Sweden count; others are
information.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vandel.model import Judgement, Result

# Whatever comes first here decides when several items are put together.
_HEAVIEST_FIRST = (Result.NOT_MET, Result.UNKNOWN, Result.MET, Result.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Item:
    """One comparison of one name-bearer with one list.

    ``likenesses`` are the keys of what was found alike; ``result`` is what the engine said before any
    judgement.
    """

    binds: bool
    result: Result
    likenesses: tuple[int, ...] = ()


def item_result(item: Item, verdicts: Mapping[int, str]) -> Result:
    """How one comparison stands. ``verdicts`` holds the judgements that count; a missing key = none yet."""
    if not item.likenesses:
        # The engine never says *not met*; if it ever did, that would still be for a person to decide.
        return Result.UNKNOWN if item.result is Result.NOT_MET else item.result
    given = [verdicts.get(key, "") for key in item.likenesses]
    if Judgement.SAME in given:
        return Result.NOT_MET
    if all(verdict == Judgement.DIFFERENT for verdict in given):
        return Result.MET
    return Result.UNKNOWN


def member_result(items: Iterable[Item], verdicts: Mapping[int, str]) -> Result:
    """How a member stands. Nothing compared with a binding list is *unknown*, never *met*."""
    results = {item_result(item, verdicts) for item in items if item.binds}
    for result in _HEAVIEST_FIRST:
        if result in results:
            return result
    return Result.UNKNOWN
