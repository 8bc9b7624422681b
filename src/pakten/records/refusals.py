"""Why something was not done in the diary, in a sentence for people."""

from __future__ import annotations


class RecordsRefused(Exception):
    """It can't be done; nothing was changed. The text is Swedish, for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ChangedMeanwhile(RecordsRefused):
    """Somebody else changed the same thing after this person read it; theirs stands."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Någon annan har ändrat {what} sedan du öppnade sidan. Din ändring sparades inte. "
            "Läs det nya innehållet och gör om ändringen om den fortfarande behövs."
        )
