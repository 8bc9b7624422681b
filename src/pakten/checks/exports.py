"""The members of a run as a file: for Excel, for programs, as receipts. Unknown is a row like the others."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pakten.checks.models import Control, ControlRun
from pakten.checks.queries.lists import lists_left_out
from pakten.checks.scope import scope_of
from pakten.checks.services.receipts import as_file
from pakten.checks.words import reason_in_words
from vandel.registers.table_write import Form, Value, write_table

Make = Callable[[ControlRun, QuerySet[Control]], bytes]
# Receipts are long: this many are in memory at once.
CHUNK = 100
HEADERS = (
    "Medlem",
    "Organisationsnummer",
    "Sektor",
    "Ort",
    "Resultat",
    "Resultat vid kontrollen",
    "Namnlikheter",
    "Väntar på bedömning",
    "Jämförda personer",
    "Jämförda ägare",
    "Gick inte att kontrollera",
    "Bindande listor som inte användes",
    "Kontrollerad",
    "Kvittots kontrollsumma",
    "Kontroll",
)


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out."""

    name: str
    content_type: str
    content: bytes


def export(run: ControlRun, rows: QuerySet[Control], *, form: str) -> File:
    """The members as a file. ``form`` is a key of :data:`FORMS`."""
    make, ending, content_type = FORMS[form]
    return File(f"kontroll-{run.pk}-{run.started_at:%Y%m%d}.{ending}", content_type, make(run, rows))


def _table(form: Form) -> Make:
    def make(run: ControlRun, rows: QuerySet[Control]) -> bytes:
        target = io.BytesIO()
        cells = _rows(rows.defer("receipt").iterator(CHUNK), left_out="; ".join(lists_left_out(run)))
        write_table(target, headers=HEADERS, rows=cells, form=form)
        return target.getvalue()

    return make


def _rows(controls: Iterable[Control], *, left_out: str) -> Iterator[tuple[Value, ...]]:
    for control in controls:
        organisation = control.membership.organisation
        scope = scope_of(control.items)
        counted: Any = control  # annotated by the query with ``alike`` and ``waiting``
        yield (
            organisation.legal_name,
            organisation.org_nr_shown,
            organisation.get_sector_display(),
            organisation.place,
            control.get_result_display(),
            control.get_result_at_run_display(),
            counted.alike,
            counted.waiting,
            scope.persons,
            scope.owners,
            "; ".join(_unchecked(control)),
            left_out,
            timezone.localtime(control.made_at).strftime("%Y-%m-%d %H:%M"),
            control.receipt_sha256,
            control.run_id,
        )


def _unchecked(control: Control) -> list[str]:
    told = [
        f"{item['name']} mot {item['list_title']}: {reason_in_words(item)}"
        for item in control.items
        if item["result"] == "unknown" and not item["likenesses"]
    ]
    return list(dict.fromkeys(told))


def _receipts(_run: ControlRun, rows: QuerySet[Control]) -> bytes:
    receipts = rows.select_related(None).only("receipt")
    return b"".join(as_file(control) + b"\n" for control in receipts.iterator(CHUNK))


_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: dict[str, tuple[Make, str, str]] = {
    "excel": (_table(Form.XLSX), "xlsx", _EXCEL),
    "csv": (_table(Form.CSV_FOR_PEOPLE), "csv", "text/csv; charset=utf-8"),
    "csv-program": (_table(Form.CSV), "csv", "text/csv; charset=utf-8"),
    "json": (_table(Form.JSON_LINES), "jsonl", "application/jsonl"),
    "kvitton": (_receipts, "kvitton.jsonl", "application/jsonl"),
}
