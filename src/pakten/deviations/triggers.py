"""The database's own refusal to change what a deviation rests on: its history, evidence and comments.

A copy may be emptied once, by a disposal decision; its digest and where it came from stay.
"""

from __future__ import annotations

from typing import Any

from pakten.core.append_only import AppendOnly

_SAYS = "what was written of a deviation is never changed"
GUARDS = (
    AppendOnly("deviations_historyrow", _SAYS),
    AppendOnly("deviations_comment", _SAYS),
    AppendOnly(
        "deviations_evidence",
        _SAYS,
        may_change=frozenset({"facts", "title", "disposal_decision", "disposed_at"}),
        # Emptied, and never filled with something else.
        never=("OLD.disposal_decision <> ''", "NEW.disposal_decision = ''", "NEW.facts <> '{}'"),
    ),
)


def install(connection: Any) -> None:
    """Make the refusals."""
    for guard in GUARDS:
        guard.install(connection)


def remove(connection: Any) -> None:
    """Take the refusals away."""
    for guard in GUARDS:
        guard.remove(connection)
