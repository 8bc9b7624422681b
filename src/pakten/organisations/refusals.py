"""Why something was not done, in a sentence for people."""

from __future__ import annotations

from pakten.core.refusals import Refusal, changed_meanwhile


class Refused(Refusal):
    """The facts can't be stored as they are; nothing was changed. The text is Swedish, for people."""


class ChangedMeanwhile(Refused):
    """Somebody else changed the same record after this person read it; theirs stands."""

    def __init__(self, what: str) -> None:
        super().__init__(changed_meanwhile(what))
