"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vandel.errors import InputError


@contextmanager
def whole_files(*targets: Path) -> Iterator[tuple[Path, ...]]:
    """Temporary paths beside ``targets``; they take the targets' places when the block ends without an error.

    After an error the temporary files are gone and the targets are as they were.
    """
    drafts: list[Path] = []
    try:
        drafts.extend(_draft(target) for target in targets)
        yield tuple(drafts)
        for draft, target in zip(drafts, targets, strict=True):
            draft.replace(target)
    finally:
        for draft in drafts:
            draft.unlink(missing_ok=True)


def _draft(target: Path) -> Path:
    if target.is_dir():
        raise InputError("output.is_a_folder", f"{target} is a folder", path=str(target))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    except OSError as error:
        reason = error.strerror or "can't be written"
        raise InputError(
            "output.unwritable", f"{target}: {reason}", path=str(target), reason=reason
        ) from error
    # A temporary file is readable by its owner only; a result gets the rights of any new file.
    mask = os.umask(0)
    os.umask(mask)
    os.fchmod(handle, 0o666 & ~mask)
    os.close(handle)
    return Path(name)
