"""How a register's file is refused: nothing has been changed, and the sentence says what was wrong."""

from __future__ import annotations

from vandel.errors import InputError


class RegisterRefused(InputError):
    """The file can't be used as an edition of the register. The edition in force stays."""


class RegisterHeld(RegisterRefused):
    """The file reads well but a person must look first; it is accepted when a person gives a reason.

    ``params["reasons"]`` is a list of ``{"code", "sentence"}``.
    """
