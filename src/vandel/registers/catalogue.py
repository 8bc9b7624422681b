"""The registers that files can be kept of: who publishes them, in which format, how many records at least."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from vandel.registers.refusal import RegisterRefused

BOLAGSVERKET_BULK: Final = "bolagsverket-bulk"
SCB_BULK: Final = "scb-bulk"
GLEIF_LEVEL_1: Final = "gleif-lei2"
GLEIF_LEVEL_2: Final = "gleif-rr"
GLEIF_EXCEPTIONS: Final = "gleif-repex"
TABLE: Final = "table"

# As long as an edition that is fetched weekly may be leant on.
ANSWER_DAYS: Final = 35
_HIGH_VALUE: Final = "https://vardefulla-datamangder.bolagsverket.se"


@dataclass(frozen=True, slots=True)
class RegisterSource:
    """A register that comes as a file.

    ``floor``: fewer records than this are held for a person. ``address`` is where its publisher has it;
    ``warn_after_hours`` and ``red_after_hours`` say when an edition is old. ``answer_days``: so many
    days does what it said of an organisation answer a control; then it must be asked again.
    """

    id: str
    title: str
    publisher: str
    format: str
    address: str | None = None
    floor: int = 1
    warn_after_hours: int = 24 * 10
    red_after_hours: int = 24 * 35
    answer_days: int = ANSWER_DAYS


_KNOWN: Final = (
    RegisterSource(
        "bolagsverket",
        "Bolagsverkets bulkfil, värdefulla datamängder",
        "Bolagsverket",
        BOLAGSVERKET_BULK,
        f"{_HIGH_VALUE}/bolagsverket/bolagsverket_bulkfil.zip",
        floor=500_000,
    ),
    RegisterSource(
        "scb",
        "SCB:s bulkfil, juridiska enheter",
        "SCB",
        SCB_BULK,
        f"{_HIGH_VALUE}/scb/scb_bulkfil.zip",
        floor=500_000,
    ),
    RegisterSource(
        "gleif-lei", "GLEIF golden copy, nivå 1: vem är vem", "GLEIF", GLEIF_LEVEL_1, floor=2_000_000
    ),
    RegisterSource(
        "gleif-rr", "GLEIF golden copy, nivå 2: moderbolag", "GLEIF", GLEIF_LEVEL_2, floor=350_000
    ),
    RegisterSource(
        "gleif-repex",
        "GLEIF golden copy, nivå 2: skäl att inte uppge moderbolag",
        "GLEIF",
        GLEIF_EXCEPTIONS,
        floor=3_500_000,
    ),
    RegisterSource(
        "public-bodies",
        "Allmänna myndighetsregistret och andra offentliga organ",
        "SCB",
        TABLE,
        # Published once a year.
        answer_days=366,
    ),
)


def catalogue() -> Mapping[str, RegisterSource]:
    """Every register by its id, in the order to show."""
    return {source.id: source for source in _KNOWN}


def table_register(register_id: str, *, title: str, publisher: str) -> RegisterSource:
    """A register of one's own that comes as a table file."""
    return RegisterSource(register_id, title, publisher, TABLE)


def register_of(register_id: str, known: Mapping[str, RegisterSource] | None = None) -> RegisterSource:
    """One register. Errors: ``RegisterRefused`` (registers.unknown_register)."""
    sources = catalogue() if known is None else known
    if register_id not in sources:
        raise RegisterRefused(
            "registers.unknown_register",
            f"There is no register {register_id!r}; known are {', '.join(sources)}.",
            register_id=register_id,
        )
    return sources[register_id]
