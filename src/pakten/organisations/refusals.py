"""Why something was not done, in a sentence for people."""

from __future__ import annotations


class Refused(Exception):
    """The facts can't be stored as they are; nothing was changed. The text is Swedish, for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ChangedMeanwhile(Refused):
    """Somebody else changed the same record after this person read it; theirs stands."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"Någon annan har ändrat {what} sedan du öppnade sidan. Din ändring sparades inte. "
            "Läs det nya innehållet och gör om ändringen om den fortfarande behövs."
        )
