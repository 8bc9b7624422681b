"""Files that are whole and on the disk before anybody is told of them."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def make_durable(path: Path) -> None:
    """Wait until a file's content, or a folder's list of names, is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def freeze(folder: Path) -> None:
    """Make every file below a folder read-only and durable, then the folders themselves durable."""
    folders = [folder]
    for item in sorted(folder.rglob("*")):
        if item.is_dir():
            folders.append(item)
            continue
        item.chmod(0o444)
        make_durable(item)
    folder.chmod(0o755)
    for item in reversed(folders):
        make_durable(item)


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in a file's place; a reader sees the old content or the new one, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    make_durable(path.parent)
