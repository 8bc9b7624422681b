"""What a reader hands back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vandel.model import Listing


@dataclass(frozen=True, slots=True)
class ParsedList:
    """A list as read from its file.

    ``published_on`` is the issuer's own date of publication, ``file_dated_at`` the moment printed in the
    file; None where the format has none. ``notes`` are plain sentences about what was absent or left out.
    """

    listings: tuple[Listing, ...]
    format: str
    published_on: date | None = None
    file_dated_at: datetime | None = None
    notes: tuple[str, ...] = ()
