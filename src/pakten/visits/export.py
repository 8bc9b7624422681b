"""Visits as a table: what was asked, how it ended, whose site it is, what waits, the evidence's digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from django.utils import timezone

from pakten.visits.models import Visit
from vandel.registers.table_write import Form, Value, write_table

LABELS = (
    "Organisation", "Organisationsnummer", "Adress", "Besökt", "Gjort av", "Beställt av", "Varför", "Utfall",
    "Skäl", "Vems webbplatsen är", "Språk", "Väntar på en person", "Påhittad webbplats", "Reglernas version",
    "Manifestets kontrollsumma", "Paketets kontrollsumma",
)  # fmt: skip
NAMES = (
    "organisation", "org_nr", "address", "at", "made", "ordered_by", "because", "outcome", "reason", "whose",
    "language", "waits", "is_invented", "rules_version", "manifest_sha256", "archive_sha256",
)  # fmt: skip


def write_visits(target: BinaryIO, rows: Iterable[Visit], *, form: Form) -> int:
    """Swedish words for people, field names and codes for programs; gives back the number of rows."""
    for_programs = form is Form.CSV
    cells = _cells(rows, for_programs=for_programs)
    return write_table(target, headers=NAMES if for_programs else LABELS, rows=cells, form=form)


def _cells(rows: Iterable[Visit], *, for_programs: bool) -> Iterator[tuple[Value, ...]]:
    for visit in rows:
        counted: Any = visit  # annotated by the query with ``waits``
        yield (
            visit.organisation.legal_name,
            visit.organisation.org_nr_shown,
            visit.address,
            timezone.localtime(visit.at).strftime("%Y-%m-%d %H:%M") if visit.at else "",
            visit.made if for_programs else visit.get_made_display(),
            str(visit.ordered_by or "Systemet"),
            visit.because,
            visit.outcome if for_programs else visit.get_outcome_display(),
            visit.reason,
            visit.whose if for_programs else visit.get_whose_display(),
            visit.language,
            counted.waits + counted.doubt,
            "Ja" if visit.is_invented else "Nej",
            visit.rules_version,
            visit.manifest_sha256,
            visit.archive_sha256,
        )
