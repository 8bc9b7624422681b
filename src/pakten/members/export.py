"""Members and import rows as tables. A sole trader's number is a personal number: its cell is empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from pakten.members.imports.fields import FIELDS
from pakten.members.models import ImportRow, Membership
from vandel.ids import orgnr
from vandel.registers.table_write import Form, Value, write_table

_LABELS = (
    "Namn", "Organisationsnummer", "Sektor", "Organisationsform", "Ort", "Webbplats", "E-post", "Telefon",
    "Kollektivavtal", "Status", "Medlem från", "Medlem till",
)  # fmt: skip
_NAMES = (
    "legal_name", "org_nr", "sector", "legal_form", "place", "website", "email", "phone",
    "collective_agreement", "state", "joined_on", "ended_on",
)  # fmt: skip


def write_members(target: BinaryIO, rows: Iterable[Membership], *, form: Form) -> int:
    """Swedish words for people, field names and codes for programs; gives back the number of rows."""
    for_programs = form is Form.CSV
    headers = _NAMES if for_programs else _LABELS
    cells = (_member_cells(row, for_programs=for_programs) for row in rows)
    return write_table(target, headers=headers, rows=cells, form=form)


def write_import_rows(target: BinaryIO, rows: Iterable[ImportRow], *, form: Form) -> int:
    """What each row of an import did, or would do; gives back the number of rows."""
    headers = ("Rad", "Namn", "Utfall", "Ändringar", "Att läsa", "Kvar efter ångrad import")
    return write_table(target, headers=headers, rows=map(_import_cells, rows), form=form)


def changes_in_words(row: ImportRow) -> Iterator[tuple[str, str | None, str | None]]:
    """Label, old and new for each change."""
    for name, (old, new) in row.changes.items():
        yield FIELDS[name].label, old, new


def _member_cells(row: Membership, *, for_programs: bool) -> tuple[Value, ...]:
    organisation = row.organisation
    number = organisation.org_nr or ""
    if organisation.sole_trader:
        number = ""
    elif not for_programs:
        number = orgnr.format(number)
    return (
        organisation.legal_name,
        number,
        organisation.sector if for_programs else organisation.get_sector_display(),
        organisation.legal_form,
        organisation.place,
        organisation.website,
        organisation.email,
        organisation.phone,
        row.collective_agreement if for_programs else row.get_collective_agreement_display(),
        row.state if for_programs else row.get_state_display(),
        row.joined_on,
        row.ended_on,
    )


def _import_cells(row: ImportRow) -> tuple[Value, ...]:
    changes = "; ".join(
        f"{label}: {old} → {new}" if old else f"{label}: {new}" for label, old, new in changes_in_words(row)
    )
    sentences = " ".join(row.sentences)
    return (row.line, row.name, row.get_outcome_display(), changes, sentences, row.kept_because)
