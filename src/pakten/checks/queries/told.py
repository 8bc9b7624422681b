"""What one person may be told of why a control was made."""

from __future__ import annotations

from pakten.accounts.models import User
from pakten.checks.models import ControlRun
from pakten.members.queries.conflicts import closed_organisations

WITHHELD = "En ändring hos medlemmar."


def because_of(run: ControlRun, reader: User) -> str:
    """Why the run was made. The sentence may name any organisation, and nobody has kept which: whoever has a
    conflict of interest anywhere gets the same words for every change (L-17)."""
    if run.because and closed_organisations(reader).exists():
        return WITHHELD
    return run.because
