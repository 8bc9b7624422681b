"""Why something was not decided, in a sentence for people."""

from __future__ import annotations

from pakten.records.refusals import RecordsRefused


class DecisionRefused(RecordsRefused):
    """It can't be done; nothing was changed. Catch RecordsRefused to catch what the diary refuses too.

    An effect that can't take place raises this, and the whole decision is undone.
    """


class AlreadyDecided(DecisionRefused):
    """Somebody else decided about the same thing first; theirs stands."""
