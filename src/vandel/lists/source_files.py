"""Which files a list came as, and the one digest for them, the same in the store and on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from vandel.evidence import digest_of_value
from vandel.lists.edition import SourceFile
from vandel.lists.safety import Part


def kept_parts(path: Path, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts to keep of what was read from ``path``: of an archive, the archive, for that is what came."""
    unpacked = any(part.path is None for part in parts)
    return (Part(path.name, path),) if unpacked else tuple(parts)


def source_files(path: Path, parts: Sequence[Part]) -> tuple[SourceFile, ...]:
    """Name, digest and length of each file behind ``path``, by name. Errors: ``OSError``."""
    files = (SourceFile(part.name, *part.digest()) for part in kept_parts(path, parts))
    return tuple(sorted(files, key=lambda file: PurePosixPath(file.name)))


def digest_of(files: Sequence[SourceFile]) -> str:
    """The one file's digest; of several, the digest of their names, digests and lengths."""
    return files[0].sha256 if len(files) == 1 else digest_of_value(files)
