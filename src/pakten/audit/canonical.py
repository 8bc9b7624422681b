"""The one way in which an entry is written down before its digest is taken.

Close to RFC 8785: sorted keys, no spaces, UTF-8 in NFC. What a database may give back in another form (NUL,
lone surrogates, numbers with an exponent) is replaced before it is stored, so that the digest can be
computed anew from the row on SQLite and on PostgreSQL alike.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

NO_HASH = "0" * 64

# The fields under the digest, as they are named in the row. The digest itself is the only one left out.
FIELDS = (
    "sequence",
    "at",
    "actor_id",
    "actor_name",
    "action",
    "object_type",
    "object_id",
    "object_label",
    "before",
    "after",
    "reason",
    "versions",
    "previous_hash",
)

_SAFE_INTEGER = 2**53


def text(value: str) -> str:
    """The text in NFC, without NUL and lone surrogates, which PostgreSQL can't store."""
    valid = (
        value.encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
        .replace("\x00", "\N{REPLACEMENT CHARACTER}")
    )
    return unicodedata.normalize("NFC", valid)


def plain(value: Any) -> Any:
    """The value as null, true, false, text, number, list or mapping; anything else as text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, Mapping):
        return {text(str(key)): plain(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((plain(item) for item in value), key=str)
    return text(_moment(value) if isinstance(value, date) else str(value))


def digest(fields: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical form of an entry's fields; the leading zero byte marks a leaf (RFC 6962)."""
    chosen = {name: fields[name] for name in FIELDS}
    chosen["at"] = _moment(chosen["at"])
    written = json.dumps(chosen, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(b"\x00" + written.encode("utf-8")).hexdigest()


def _number(value: float) -> int | float | str:
    if isinstance(value, int):
        return int(value) if abs(value) < _SAFE_INTEGER else str(int(value))
    written = repr(float(value))
    if not math.isfinite(value) or "e" in written or value == 0:
        return written if value else 0
    return float(value)


def _moment(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None:
        return value.isoformat(timespec="microseconds")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
