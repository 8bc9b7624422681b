"""What an act of this area can be refused for, in one sentence for the person who tried."""

from __future__ import annotations


class VisitRefused(Exception):
    """The act was not done and nothing has been changed. ``sentence`` is plain Swedish."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
