"""Recipients of a campaign as a table. A link never stands in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from django.utils import timezone

from pakten.members.models import Recipient
from pakten.members.queries.campaigns import reply_of
from vandel.registers.table_write import Form, Value, write_table

_LABELS = ("Namn", "Sektor", "Svar", "Svarade", "Svar av", "Kommentar", "E-post", "Skickat", "Påminnelser",
           "Gick inte att nå")  # fmt: skip
_NAMES = ("legal_name", "sector", "reply", "answered_on", "answered_by", "comment", "email", "sent_on",
          "reminders", "reach_note")  # fmt: skip


def write_recipients(target: BinaryIO, rows: Iterable[Recipient], *, form: Form) -> int:
    """Swedish words for people, names and codes for programs; gives back the number of rows."""
    for_programs = form is Form.CSV
    headers = _NAMES if for_programs else _LABELS
    cells = (_cells(row, for_programs=for_programs) for row in rows)
    return write_table(target, headers=headers, rows=cells, form=form)


def _cells(row: Recipient, *, for_programs: bool) -> tuple[Value, ...]:
    organisation, reply = row.membership.organisation, reply_of(row)
    return (
        organisation.legal_name,
        organisation.sector if for_programs else organisation.get_sector_display(),
        reply.value if for_programs else str(reply.label),
        timezone.localdate(row.answered_at) if row.answered_at else None,
        row.answered_by,
        row.comment,
        row.email,
        timezone.localdate(row.sent_at) if row.sent_at else None,
        row.reminded,
        row.reach_note,
    )
