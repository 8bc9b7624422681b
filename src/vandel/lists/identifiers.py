"""Numbers printed on lists, put under the scheme that they can be shown to belong to.

A number goes under a scheme only when its check digits are right there; every other one is kept as ``other``,
because two lists that print the same passport number still speak of the same person.
"""

from __future__ import annotations

import re

from vandel.ids import SCHEMES
from vandel.model import Identifier

_EMPTY = re.compile(r"^(unknown|n/?a|none|not available|-0-|-+|\.+|0+)$", re.IGNORECASE)
_BY_LABEL = (
    (re.compile(r"\blei\b|legal entity (?:identifier|number)", re.IGNORECASE), ("lei",)),
    (re.compile(r"\bimo\b", re.IGNORECASE), ("imo",)),
    (re.compile(r"swift|\bbic\b", re.IGNORECASE), ("bic",)),
    (re.compile(r"\binn\b|\bинн\b|ІПН|tax|fiscal", re.IGNORECASE), ("inn", "vat")),
    (re.compile(r"ogrn|огрн|ОДРН|registration|\breg|\borg", re.IGNORECASE), ("orgnr", "ogrn", "inn")),
    (re.compile(r"\bvat\b", re.IGNORECASE), ("vat",)),
)
_COUNTRY = {"inn": "ru", "ogrn": "ru", "orgnr": "se"}
_NAMED = {
    "inn": re.compile(r"\binn\b|инн|іпн"),
    "ogrn": re.compile(r"ogrn|огрн|одрн"),
    "orgnr": re.compile(r"\borg\.?(anisations)?\s?-?(nr|nummer)"),
}


def identifier(scheme: str, text: str) -> Identifier | None:
    """A number under a scheme when it is valid there, else under ``other``; None when it is no number."""
    compact = _compact(text)
    if compact is None:
        return None
    known = SCHEMES.get(scheme)
    if known is not None and known.is_valid(compact):
        value = known.normalize(compact)
        if value is not None:
            return Identifier(scheme, value)
    return Identifier("other", compact)


def labelled(label: str, text: str, *, country: str | None = None) -> Identifier | None:
    """A number whose kind is told in words (``Tax ID No.``, ``regnumber``), perhaps with its country.

    Russian and Swedish numbers are digits like many others: they are taken as such only when the label names
    them or the country is theirs.
    """
    text, _, remark = text.partition("(")
    label = f"{label} {remark}"
    for pattern, schemes in _BY_LABEL:
        if not pattern.search(label):
            continue
        for scheme in schemes:
            if not _can_be(scheme, label, country=country):
                continue
            found = identifier(scheme, text)
            if found is not None and found.scheme == scheme:
                return found
    return identifier("other", text)


def _can_be(scheme: str, label: str, *, country: str | None) -> bool:
    if scheme not in _COUNTRY or country == _COUNTRY[scheme]:
        return True
    return country is None and _NAMED[scheme].search(label.lower()) is not None


def _compact(text: str) -> str | None:
    value = re.sub(r"\s+", " ", text).strip(" .,;:")
    if len(value) < 3 or len(value) > 80 or _EMPTY.match(value) or not re.search(r"\d|^[A-Z]{8,11}$", value):
        return None
    return value.upper()
