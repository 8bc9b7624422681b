"""VAT numbers of the European Union's member states (and Northern Ireland), with their country prefix."""

from __future__ import annotations

import re

from vandel.ids import orgnr
from vandel.ids.characters import squeeze

NAME = "vat"
TITLE = "VAT number"

_PATTERN = re.compile(r"[A-Z]{2}[0-9A-Z+*]{2,13}")
_SWEDISH = re.compile(r"SE(\d{10})01")


def normalize(text: str) -> str | None:
    """Country prefix and number without separators, or None.

    A Swedish number is valid when the organisation number inside is; the other countries' check digits are
    those of python-stdnum.
    """
    squeezed = squeeze(text).replace(".", "")
    if not _PATTERN.fullmatch(squeezed):
        return None
    if squeezed.startswith("SE"):
        swedish = _SWEDISH.fullmatch(squeezed)
        return squeezed if swedish and orgnr.is_valid(swedish[1]) else None
    return _elsewhere_in_the_union(squeezed)


def is_valid(text: str) -> bool:
    return normalize(text) is not None


def format(value: str) -> str:
    """The canonical form; a sole trader's, which holds a personal number, comes out hidden."""
    if orgnr.is_personal(value):
        return f"SE{orgnr.mask(value)}"
    return normalize(value) or value


def _elsewhere_in_the_union(squeezed: str) -> str | None:
    # Imported here: python-stdnum loads pydoc and ssl, a fifth of the command line's start.
    import stdnum.eu.vat
    from stdnum.exceptions import ValidationError

    try:
        return str(stdnum.eu.vat.validate(squeezed))
    except ValidationError:
        return None
