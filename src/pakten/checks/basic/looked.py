"""What was seen of one item, on its way into a control."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from pakten.checks.models import CheckResult

# The source of what needs no source: that there is nothing to look in.
SYSTEM = "Systemet"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was seen, in what source, and where in it. ``result`` None = a person has to answer.

    ``proposed`` is then what the system thinks; ``at`` when the source was read, None = now.
    ``is_outdated``: it is too old to answer anything, and the source can be asked again.
    """

    result: CheckResult | None
    note: str
    source: str
    where: str = ""
    sha256: str = ""
    proposed: CheckResult | None = None
    at: datetime | None = None
    is_outdated: bool = field(default=False, compare=False)
