"""Why a letter or a message was not taken, in a sentence for people."""

from __future__ import annotations

from pakten.core.refusals import Refusal


class LettersRefused(Refusal):
    """It can't be done; nothing was changed. The text is Swedish, for people."""


def changed_meanwhile() -> LettersRefused:
    """The refusal when somebody else, or the sending itself, was first."""
    return LettersRefused("Utskicket har hunnit ändra läge. Läs sidan igen.")
