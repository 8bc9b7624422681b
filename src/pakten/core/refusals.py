"""Why something was not done, in a sentence for people: what the refusals of all areas have in common."""

from __future__ import annotations


class Refusal(Exception):
    """It can't be done; nothing was changed. ``sentence`` is plain Swedish, for whoever tried."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def changed_meanwhile(what: str) -> str:
    """The sentence for the one of two people who was second to change ``what``."""
    return (
        f"Någon annan har ändrat {what} sedan du öppnade sidan. Din ändring sparades inte. "
        "Läs det nya innehållet och gör om ändringen om den fortfarande behövs."
    )
