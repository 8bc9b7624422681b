"""What a reading has seen so far: how many records were kept, dropped or unreadable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(slots=True)
class Tally:
    """``persons`` were dropped at the door, ``others`` carry no number of an organisation.

    ``promised`` is the number of records that the file itself states, ``dated_at`` its own date;
    ``wrong_check_digit`` counts kept numbers whose check digit fails.
    """

    kept: int = 0
    persons: int = 0
    others: int = 0
    unreadable: int = 0
    wrong_check_digit: int = 0
    promised: int | None = None
    dated_at: datetime | None = None

    @property
    def seen(self) -> int:
        return self.kept + self.persons + self.others + self.unreadable

    def counts(self) -> dict[str, int]:
        """The numbers to keep with an edition."""
        return {
            "kept": self.kept,
            "persons_dropped": self.persons,
            "without_number": self.others,
            "unreadable": self.unreadable,
            "wrong_check_digit": self.wrong_check_digit,
        }
