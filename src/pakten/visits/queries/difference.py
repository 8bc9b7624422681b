"""What differs between a visit and the one before it: statements by their words, and text line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pakten.visits.models import FoundStatement, Visit
from pakten.visits.queries.visits import previous_visit
from vandel.website.difference import TextDifference, text_difference


@dataclass(frozen=True, slots=True)
class Difference:
    """``came`` and ``went`` are statements; ``text`` is None where a package is gone or was not asked for."""

    previous: Visit
    came: list[FoundStatement]
    went: list[FoundStatement]
    stayed: int
    text: TextDifference | None = None

    @property
    def is_empty(self) -> bool:
        return not self.came and not self.went and (self.text is None or self.text.is_empty)


def difference_of(visit: Visit) -> Difference | None:
    """Statements that came and went since the website was read the time before; None without such a visit."""
    previous = previous_visit(visit) if visit.is_read and not visit.by_person else None
    if previous is None:
        return None
    now, then = _by_key(visit), _by_key(previous)
    return Difference(
        previous,
        [now[key] for key in now.keys() - then.keys()],
        [then[key] for key in then.keys() - now.keys()],
        len(now.keys() & then.keys()),
    )


def with_text(difference: Difference, *, earlier: Mapping[str, str], later: Mapping[str, str]) -> Difference:
    """The same, with the lines of text that came and went."""
    return Difference(
        difference.previous,
        difference.came,
        difference.went,
        difference.stayed,
        text_difference(earlier, later),
    )


def _by_key(visit: Visit) -> dict[str, FoundStatement]:
    return {row.key: row for row in FoundStatement.objects.filter(visit=visit).select_related("page")}
