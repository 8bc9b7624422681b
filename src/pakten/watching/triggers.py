"""The database's own refusal to change a receipt of the watching."""

from __future__ import annotations

from typing import Any

from pakten.core.append_only import AppendOnly

GUARDS = (
    AppendOnly("watching_recontrolreceipt", "the receipt of a re-control is never changed"),
    AppendOnly("watching_selftest", "a self-test is never changed"),
)


def install(connection: Any) -> None:
    """Make the refusals."""
    for guard in GUARDS:
        guard.install(connection)


def remove(connection: Any) -> None:
    """Take the refusals away."""
    for guard in GUARDS:
        guard.remove(connection)
