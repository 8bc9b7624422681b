"""How a list is refused: nothing has been changed, and the sentence says what was wrong."""

from __future__ import annotations

from vandel.errors import InputError


class ListRefused(InputError):
    """The file can't be used as an edition of the list. The edition in force stays."""


class ListHeld(ListRefused):
    """The file reads well but differs so much that a person must look first.

    ``params["reasons"]`` is a list of ``{"code", "sentence", ...}``; ``params["summary"]`` a readable diff.
    The same file is accepted when a person gives a reason (``override_reason``), which the edition keeps.
    """
