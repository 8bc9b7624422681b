"""Numbers issued for organisations, ships and banks: one module per scheme, the same five words in each.

``SCHEMES`` is the table of contents; its keys are the values of :attr:`vandel.model.Identifier.scheme`.
"""

from __future__ import annotations

from typing import Final, Protocol

from vandel.ids import bic, imo, inn, lei, ogrn, orgnr, vat


class Scheme(Protocol):
    """What each module of this package offers."""

    NAME: str
    TITLE: str

    def normalize(self, text: str) -> str | None:
        """The canonical value, the same string for the same number; None when ``text`` isn't valid."""

    def is_valid(self, text: str) -> bool:
        """Whether ``text`` is a number of this scheme with the right form and check digits."""

    def format(self, value: str) -> str:
        """The number as people write it; what belongs to a private person comes out hidden."""


SCHEMES: Final[dict[str, Scheme]] = {scheme.NAME: scheme for scheme in (orgnr, vat, lei, inn, ogrn, imo, bic)}

__all__ = ["SCHEMES", "Scheme", "bic", "imo", "inn", "lei", "ogrn", "orgnr", "vat"]
