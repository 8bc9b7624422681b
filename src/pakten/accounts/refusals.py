"""Why something of a person's own was not kept, in a sentence for people."""

from __future__ import annotations


class AccountsRefused(Exception):
    """It can't be done; nothing was changed. The text is Swedish, for people."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
