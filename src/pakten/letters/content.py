"""What a letter says, as data: the template lays it out and can't mistake it for its own code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between paragraphs."""

    text: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A numbered list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """A small table of names and values."""

    rows: tuple[tuple[str, str], ...]


# A plain text is a paragraph; its line breaks are kept.
Block = str | Heading | Numbered | Facts


@dataclass(frozen=True, slots=True)
class DecisionBlock:
    """What was decided. ``item_no``: in the delegation order; ``on_behalf``: who stands behind it."""

    decision: str
    reasons: tuple[str, ...] = ()
    item_no: str = ""
    on_behalf: str = "På nämndens vägnar"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who approved the letter in the system, with title and day."""

    name: str
    title: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file inside the PDF, such as a receipt as JSON."""

    name: str
    data: bytes
    media_type: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class LetterContent:
    """A letter: its head, its text in ``blocks``, what was decided, who signed, whom to ask.

    ``attachments`` are the names of papers that go with it; ``enclosed`` files lie inside the PDF itself.
    ``recipient``: name and address, line by line.
    """

    kind_title: str
    title: str
    on: date
    registry_no: str = ""
    recipient: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    decision: DecisionBlock | None = None
    signers: tuple[Signer, ...] = ()
    contact: str = ""
    attachments: tuple[str, ...] = ()
    enclosed: tuple[Enclosed, ...] = ()
    language: str = "sv"
