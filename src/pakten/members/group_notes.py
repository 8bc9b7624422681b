"""What other areas tell of a group's parent on the child's page, such as how a control of it went.

In ``AppConfig.ready``: ``register(note)``. The function takes the request and the parent, and answers with
one Note, or None when it has nothing for this person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest

from pakten.organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence with its reason, and where more is told. ``waits``: it asks for attention."""

    words: str
    url: str = ""
    waits: bool = False


NoteMaker = Callable[[HttpRequest, Organisation], Note | None]
_NOTES: list[NoteMaker] = []


def register(note: NoteMaker) -> None:
    """Let ``note`` tell of parents; the same one is asked once."""
    if note not in _NOTES:
        _NOTES.append(note)


def notes(request: HttpRequest, parents: tuple[Organisation, ...]) -> Iterator[Note]:
    """What is told of these parents."""
    for parent in parents:
        for make in _NOTES:
            if found := make(request, parent):
                yield found
