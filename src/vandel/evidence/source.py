"""The source of a fact. A fact without one can't be built."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from vandel.evidence.digest import digest_of_file, sha256_hex

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Source:
    """``what`` was read (in words), ``where`` (address or file name), when, and which bytes.

    ``fetched_at`` has a time zone; ``sha256`` is 64 lower-case hexadecimal digits; ``length`` is in bytes.
    Errors: ``ValueError`` when a part is missing or can't be right.
    """

    what: str
    where: str
    fetched_at: datetime
    sha256: str
    length: int

    def __post_init__(self) -> None:
        if not self.what.strip() or not self.where.strip():
            raise ValueError("a source says what it is and where it was")
        if self.fetched_at.tzinfo is None:
            raise ValueError("a source's time of fetching has a time zone")
        if not _DIGEST.fullmatch(self.sha256) or self.length < 0:
            raise ValueError("a source carries the SHA-256 and the length of what was read")

    @classmethod
    def of_bytes(cls, data: bytes, *, what: str, where: str, fetched_at: datetime) -> Source:
        """The source of bytes at hand."""
        return cls(what, where, fetched_at, sha256_hex(data), len(data))

    @classmethod
    def of_file(cls, path: Path, *, what: str, where: str, fetched_at: datetime) -> Source:
        """The source of a file at hand. Errors: ``OSError``."""
        digest, length = digest_of_file(path)
        return cls(what, where, fetched_at, digest, length)
