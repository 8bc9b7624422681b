"""Tables of the watching: changes, re-controls with receipts, where members stand, self-tests, stops."""

from pakten.watching.models.changes import Cause, Recontrol, RecontrolReceipt, RecontrolState, Trigger
from pakten.watching.models.halts import Halt
from pakten.watching.models.selftests import Outcome, SelfTest
from pakten.watching.models.watched import Watched

__all__ = [
    "Cause",
    "Halt",
    "Outcome",
    "Recontrol",
    "RecontrolReceipt",
    "RecontrolState",
    "SelfTest",
    "Trigger",
    "Watched",
]
