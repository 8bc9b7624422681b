"""Writes of this area. Other areas use ``raise_alert`` and ``settle``."""

from pakten.alerts.services.deciding import Need, answered, ask, confirm, decline, judge, needs_second, reopen
from pakten.alerts.services.handling import assign, note, set_due, snooze, wake
from pakten.alerts.services.raising import days_for, lock_open, raise_alert, settle

__all__ = [
    "Need",
    "answered",
    "ask",
    "assign",
    "confirm",
    "days_for",
    "decline",
    "judge",
    "lock_open",
    "needs_second",
    "note",
    "raise_alert",
    "reopen",
    "set_due",
    "settle",
    "snooze",
    "wake",
]
