"""What the services of this area share: the lock, the row of the history, the texts as they are kept."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.redaction import without_personal_numbers
from pakten.deviations.models import DECIDED_AS, Act, Deviation, HistoryRow, Level
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.models import Case
from pakten.records.words import one_line, several_lines

LONGEST = 10_000


def claim(deviation: Deviation, expected_version: int) -> None:
    """Move the deviation one version on, so that nobody else does at the same time. Raises ChangedMeanwhile.

    Rows before papers: the diary's log holds up all others from its first entry to the end. The case first,
    as decisions and applications do: a paper that is registered counts up its numbers.
    """
    hold_case(deviation)
    update_versioned(deviation, expected_version)


def hold_case(deviation: Deviation) -> None:
    """Keep others from the deviation's case until the transaction ends; it may have none."""
    if deviation.case_id is not None:
        Case.objects.select_for_update(no_key=True).get(pk=deviation.case_id)


def write(deviation: Deviation, **values: Any) -> None:
    """Set columns of a deviation that the caller has claimed."""
    Deviation.objects.filter(pk=deviation.pk).update(**values)
    for name, value in values.items():
        setattr(deviation, name, value)


def move(deviation: Deviation, level: Level, **more: Any) -> str:
    """Set the level of a claimed deviation, with ``more`` columns; gives back the level that it had."""
    before = str(deviation.level)
    write(deviation, level=level, level_since=timezone.now(), **more)
    return before


def keep(
    deviation: Deviation,
    act: Act,
    *,
    by: User | None,
    reason: str = "",
    before: str = "",
    facts: dict[str, Any] | None = None,
) -> HistoryRow:
    """Add a row to the history. ``before``: the level that it had; ``facts``: what else is told, plain JSON.

    A step that takes a decision is told with the one that the deviation has.
    """
    now = Level(deviation.level)
    is_decided = act is Act.MOVED and (before, now) in DECIDED_AS
    return HistoryRow.objects.create(
        deviation=deviation,
        act=act,
        level_before=before or now,
        level_after=now,
        reason=reason,
        facts=facts or {},
        decision=deviation.decision if is_decided else None,
        by=by,
    )


def words(text: str, *, missing: str) -> str:
    """Several lines as they are kept. Raises Refused with ``missing`` for nothing, and for too much."""
    if len(text) > LONGEST:
        raise Refused("Texten är för lång. Skriv högst 10 000 tecken.")
    found = several_lines(text)
    if not found and missing:
        raise Refused(missing)
    return found


def line(text: str, limit: int) -> str:
    """One line as it is kept, without personal numbers (L-29)."""
    return one_line(str(without_personal_numbers(text)), limit)
