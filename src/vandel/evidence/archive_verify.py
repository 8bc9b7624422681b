"""Verify a package of evidence with nothing but Python's standard library.

    python3 verify.py PACKAGE [DIGEST]

PACKAGE is the folder or the zip file; DIGEST the manifest's digest as the diary or the log has it. Without
DIGEST the package is held against itself only: a change that was made everywhere is then not found.
Ends with 0 when all is whole, 1 when something is broken, 2 when there is nothing to read.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

MOST_BYTES = 200 * 1024 * 1024
_OWN = {"manifest.json", "manifest.sha256"}


def problems(files: dict[str, bytes], digest: str = "") -> list[str]:
    """What is broken in a package, one sentence each; empty when all is whole."""
    manifest = files.get("manifest.json")
    if manifest is None:
        return ["manifest.json is missing."]
    found = []
    beside = files.get("manifest.sha256", b"")
    actual = _sha256(manifest)
    if beside != f"{actual}  manifest.json\n".encode():
        found.append("manifest.json or manifest.sha256 was changed: they don't agree.")
    if digest and digest.strip().lower() != actual:
        found.append("manifest.json is not the one whose digest was registered.")
    try:
        told = json.loads(manifest)
        return found + _broken_files(files, told) + _broken_records(files, told)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return [*found, "manifest.json can't be read."]


def _broken_files(files: dict[str, bytes], told: dict[str, Any]) -> list[str]:
    found = []
    for name, facts in told["files"].items():
        if name not in files:
            found.append(f"{name} is missing.")
        elif len(files[name]) != facts["bytes"] or _sha256(files[name]) != facts["sha256"]:
            found.append(f"{name} was changed.")
    added = sorted(set(files) - set(told["files"]) - _OWN)
    return found + [f"{name} is not in the manifest." for name in added]


def _broken_records(files: dict[str, bytes], told: dict[str, Any]) -> list[str]:
    found = []
    warc = files.get("visit.warc", b"")
    end = 0
    for number, record in enumerate(told["records"], start=1):
        start, end = record["offset"], record["offset"] + record["bytes"]
        data = warc[start:end]
        if _sha256(data) != record["sha256"]:
            what = f"{record['kind']} of {record['url']}" if record["url"] else record["kind"]
            found.append(f"visit.warc: record {number} ({what}) was changed{_which_part(data)}.")
    if len(warc) != end:
        found.append("visit.warc: it is longer or shorter than its records.")
    return found


def _which_part(data: bytes) -> str:
    head, _, rest = data.partition(b"\r\n\r\n")
    block = rest[:-4]
    for line in head.split(b"\r\n"):
        if line.startswith(b"WARC-Block-Digest: sha256:"):
            same = line.rpartition(b":")[2].decode("ascii", "replace") == _sha256(block)
            return " in its head or end, not in what was sent" if same else " in what was sent"
    return " in its head"


def load(package: Path) -> dict[str, bytes]:
    """The files of a folder or a zip file. Errors: ``OSError``, ``ValueError``."""
    if package.is_dir():
        paths = sorted(path for path in package.rglob("*") if path.is_file())
        return {path.relative_to(package).as_posix(): path.read_bytes() for path in paths}
    try:
        with zipfile.ZipFile(package) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise ValueError("the zip file unpacks to more than any package holds")
            return {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"the zip file is damaged: {error}") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise ValueError(f"the zip file is damaged: {error}") from error
        raise


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main(arguments: list[str]) -> int:
    """What the command line asks."""
    if not 1 <= len(arguments) <= 2:
        sys.stderr.write("python3 verify.py PACKAGE [DIGEST]\n")
        return 2
    try:
        files = load(Path(arguments[0]))
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{arguments[0]} can't be read: {error}\n")
        return 2
    found = problems(files, arguments[1] if len(arguments) == 2 else "")
    sys.stdout.write("\n".join(found or ["Everything is whole."]) + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
