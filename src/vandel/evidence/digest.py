"""SHA-256 over bytes, files and values, and the one JSON form over which values are digested."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path

CHUNK = 1 << 20


def sha256_hex(data: bytes) -> str:
    """The digest of some bytes, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest_of_file(path: Path) -> tuple[str, int]:
    """The digest and the length in bytes of a file, read in pieces. Errors: ``OSError``."""
    digest, length = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            length += len(chunk)
    return digest.hexdigest(), length


def digest_of_value(value: object) -> str:
    """The digest of a value's canonical JSON."""
    return sha256_hex(canonical_json(value))


def canonical_json(value: object) -> bytes:
    """A value as JSON that is the same bytes for the same content.

    Keys sorted by code point, no spaces, UTF-8 in normal form NFC, no NaN. Frozen dataclasses become objects,
    enumerations their value, dates ISO 8601, moments ISO 8601 in UTC with ``Z``. A naive moment is refused
    (``ValueError``), since nobody could tell later what it meant.
    """
    text = json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    return text.encode("utf-8")


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return _plain(value.value)
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return _plain_container(value)


def _plain_container(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {_key(key): _plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=str)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical JSON")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError("keys of canonical JSON are text")
    return unicodedata.normalize("NFC", key)


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a moment without time zone has no canonical JSON")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
