"""What a finished check list leaves in the diary: drawn up by an area to the right, which registers how."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pakten.accounts.models import User
from pakten.checks.models import BasicControl
from pakten.records.services import NewFile

Draw = Callable[[BasicControl, User], Sequence[NewFile]]
_DRAW: list[Draw] = []


def register(draw: Draw) -> None:
    """``draw(control, actor)`` makes the files of a control that was just finished; the last one holds."""
    _DRAW[:] = [draw]


def files_of(control: BasicControl, actor: User) -> Sequence[NewFile]:
    """The files, in the transaction that finishes the control. Raises LookupError without any drawer."""
    if not _DRAW:
        raise LookupError("no area has registered how the paper of a control is drawn up")
    return _DRAW[0](control, actor)
