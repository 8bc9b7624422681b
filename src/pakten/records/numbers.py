"""Registry numbers: how a pattern is read, refused, and filled in.

A pattern is text with ``{board}``, ``{unit}``, ``{classification}``, ``{year}`` and ``{serial}``;
``{serial:4}`` fills up with zeros to four digits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from string import Formatter

from pakten.records.refusals import RecordsRefused

WORDS = ("board", "unit", "classification", "year", "serial")
LONGEST = 60
_ALLOWED = re.compile(r"[\w .,:/\-]*")


@dataclass(frozen=True, slots=True)
class Parts:
    """What a registry number is made of; ``serial`` counts from 1 in each year."""

    year: int
    serial: int
    board: str = ""
    unit: str = ""
    classification: str = ""


def write(pattern: str, parts: Parts) -> str:
    """The registry number; the pattern has passed :func:`check`."""
    values = {name: str(getattr(parts, name)) for name in WORDS}
    written = "".join(
        text + (_filled(values[name], spec or "") if name else "") for text, name, spec, _ in _read(pattern)
    )
    return " ".join(written.split())


def check(pattern: str) -> None:
    """Raise RecordsRefused, with one sentence, unless every number from this pattern is its own."""
    pieces = _read(pattern)
    names = [name for _, name, _, _ in pieces if name is not None]
    if len(pattern) > LONGEST:
        raise RecordsRefused(f"Mönstret är för långt. Det får ha högst {LONGEST} tecken.")
    if unknown := [name for name in names if name not in WORDS]:
        raise RecordsRefused(f"Mönstret har {{{unknown[0]}}}, som inte finns. Välj bland {_listed()}.")
    for needed in ("year", "serial"):
        if names.count(needed) != 1:
            raise RecordsRefused(f"Mönstret ska ha {{{needed}}} en gång. Annars blir numren inte unika.")
    _check_spelling(pieces)


def _check_spelling(pieces: list[tuple[str, str | None, str | None, str | None]]) -> None:
    for text, name, spec, turned in pieces:
        if not _ALLOWED.fullmatch(text):
            raise RecordsRefused("Mönstret får ha bokstäver, siffror, blanksteg och tecknen . , : / -")
        if turned or (spec and not (name == "serial" and re.fullmatch("[1-9]", spec))):
            raise RecordsRefused(
                "Efter kolon får bara antalet siffror i {serial} stå, till exempel {serial:4}."
            )
    for (_, before, _, _), (text, after, _, _) in pairwise(pieces):
        if before and after and not any(not sign.isalnum() for sign in text):
            raise RecordsRefused(f"Sätt ett tecken, till exempel /, mellan {{{before}}} och {{{after}}}.")


def _read(pattern: str) -> list[tuple[str, str | None, str | None, str | None]]:
    try:
        return list(Formatter().parse(pattern))
    except ValueError as error:
        raise RecordsRefused("Mönstret har en klammer för mycket eller för lite.") from error


def _filled(value: str, spec: str) -> str:
    return value.zfill(int(spec)) if spec else value


def _listed() -> str:
    return ", ".join(f"{{{name}}}" for name in WORDS)
