"""The database's own refusal to change what was done with an alert, or the receipt of a draw."""

from __future__ import annotations

from typing import Any

from pakten.core.append_only import AppendOnly

GUARDS = (
    AppendOnly("alerts_alertstep", "the history of an alert is never changed"),
    AppendOnly("alerts_sampledraw", "the receipt of a draw is never changed"),
)


def install(connection: Any) -> None:
    """Make the refusals."""
    for guard in GUARDS:
        guard.install(connection)


def remove(connection: Any) -> None:
    """Take the refusals away."""
    for guard in GUARDS:
        guard.remove(connection)
