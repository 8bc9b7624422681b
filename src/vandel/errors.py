"""One kind of refusal for bad input, told in one clear sentence.

The English sentence serves the command line. ``code`` and ``params`` let an interface in another language
say the same thing in its own words without parsing English.
"""

from __future__ import annotations


class InputError(ValueError):
    """What was handed in can't be used; nothing has been changed.

    ``code`` is stable and dotted (``table.duplicate_header``); ``params`` hold what the sentence mentions.
    """

    def __init__(self, code: str, sentence: str, **params: object) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.params = params
