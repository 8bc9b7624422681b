"""A package of evidence: files, a manifest with the digest of each, and the manifest's own digest beside it.

The digest of the manifest is what goes into the tamper-evident log: it covers all the rest.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from vandel.evidence import archive_verify
from vandel.evidence.digest import canonical_json, sha256_hex
from vandel.evidence.warc import Record

FORMAT: Final = "vandel-evidence/1"
WARC: Final = "visit.warc"


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of a package by name, manifest and verifier included. Never changed once made."""

    files: Mapping[str, bytes]
    manifest_sha256: str

    def as_zip(self) -> bytes:
        """One zip file, the same bytes for the same package."""
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name in sorted(self.files):
                entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, self.files[name])
        return target.getvalue()

    def write_to(self, folder: Path) -> None:
        """Write the files into a folder that does not exist yet. Errors: ``FileExistsError``."""
        folder.mkdir(parents=True)
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)


def packed(records: Sequence[Record], *, texts: Mapping[str, bytes], told: Mapping[str, object]) -> Archive:
    """The package of WARC records and extracted texts; ``told`` is what the manifest says of the visit."""
    warc = b"".join(record.data for record in records)
    verifier = Path(archive_verify.__file__).read_bytes()
    files = {WARC: warc, "verify.py": verifier, **texts}
    manifest = canonical_json(
        {
            "format": FORMAT,
            **told,
            "records": _places(records),
            "files": {name: {"bytes": len(data), "sha256": sha256_hex(data)} for name, data in files.items()},
        }
    )
    digest = sha256_hex(manifest)
    beside = f"{digest}  manifest.json\n".encode()
    return Archive({**files, "manifest.json": manifest, "manifest.sha256": beside}, digest)


def _places(records: Sequence[Record]) -> list[dict[str, object]]:
    places: list[dict[str, object]] = []
    offset = 0
    for record in records:
        places.append(
            {
                "kind": record.kind,
                "url": record.url,
                "offset": offset,
                "bytes": len(record.data),
                "sha256": sha256_hex(record.data),
            }
        )
        offset += len(record.data)
    return places
