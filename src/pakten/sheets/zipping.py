"""Many sheets as one zip file, written while it is sent: never all of them in memory at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from pakten.sheets.gather.words import told
from pakten.sheets.models import Sheet
from pakten.sheets.queries import organisation_of, subject_of
from vandel.registers.cell_text import harmless

CHUNK = 20
CONTENTS = "innehall.csv"
_HEADERS = ("Fil", "Organisation", "Organisationsnummer", "Uppgifterna gäller", "SHA-256")
_NAME_LENGTH = 60


class _Sink(io.RawIOBase):
    """What the zip is written into: handed on piece by piece, and never gone back in."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self.pieces.append(piece)
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece = b"".join(self.pieces)
        self.pieces.clear()
        return piece


def zip_of(sheets: QuerySet[Sheet]) -> Iterator[bytes]:
    """The sheets, and last a table of them with digests. The PDFs are packed already and only stored."""
    sink, rows = _Sink(), []
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for sheet in sheets.iterator(CHUNK):
            rows.append(_row(sheet))
            at = timezone.localtime(sheet.made_at)
            archive.writestr(ZipInfo(rows[-1][0], at.timetuple()[:6]), bytes(sheet.pdf))
            yield sink.taken()
        archive.writestr(CONTENTS, _table(rows))
    yield sink.taken()


def _row(sheet: Sheet) -> tuple[str, ...]:
    organisation = organisation_of(subject_of(sheet))
    return (
        f"{slugify(told(organisation.name_shown))[:_NAME_LENGTH] or 'organisation'}-{sheet.public_id}.pdf",
        told(organisation.name_shown),
        organisation.org_nr_shown,
        timezone.localtime(sheet.as_of).strftime("%Y-%m-%d %H:%M"),
        sheet.pdf_sha256,
    )


def _table(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_HEADERS)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
