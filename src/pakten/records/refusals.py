"""Why something was not done in the diary, in a sentence for people."""

from __future__ import annotations

from pakten.core.refusals import Refusal, changed_meanwhile


class RecordsRefused(Refusal):
    """It can't be done; nothing was changed. The text is Swedish, for people."""


class ChangedMeanwhile(RecordsRefused):
    """Somebody else changed the same thing after this person read it; theirs stands."""

    def __init__(self, what: str) -> None:
        super().__init__(changed_meanwhile(what))
