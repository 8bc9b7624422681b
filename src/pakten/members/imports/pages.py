"""What the pages of an import show."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator

from pakten.members.export import changes_in_words
from pakten.members.forms import MappingForm
from pakten.members.imports import reading
from pakten.members.imports.fields import fingerprint, suggest
from pakten.members.imports.hiding import shown
from pakten.members.models import ImportState, Outcome, RegisterImport, SavedMapping

PAGE_SIZE = 100
STEPS = ["Välj fil", "Koppla kolumner", "Provkör", "Genomför"]
SEPARATORS = {";": "semikolon", ",": "komma", "\t": "tabb", "|": "lodstreck"}


def head(found: RegisterImport, step: int) -> dict[str, Any]:
    """What stands at the top of each page of an import; ``step`` is the number of the step, from 1."""
    separator = SEPARATORS.get(found.separator, found.separator)
    return {"found": found, "steps": STEPS, "step": step, "separator": separator}


def columns_page(found: RegisterImport, form: MappingForm | None = None) -> dict[str, Any]:
    """The first rows, and the form that says which column holds what (as typed, saved, or suggested)."""
    saved = SavedMapping.objects.filter(fingerprint=fingerprint(found.headers)).first()
    if form is None:
        initial = found.mapping or (saved.mapping if saved else {}) or suggest(found.headers)
        known = {name: header for name, header in initial.items() if header in found.headers}
        form = MappingForm(None, headers=found.headers, initial=known)
    table = reading.read(found, limit=reading.PREVIEW_ROWS)
    return head(found, 2) | {
        "form": form,
        "rows": [(row.number, [shown(cell) for cell in row.values]) for row in table.rows],
        "header_row": table.header_row,
        "from_saved": saved is not None and not found.mapping,
    }


def rows_page(found: RegisterImport, *, outcome: str, page: str | None) -> dict[str, Any]:
    """What each row does or did, those with ``outcome`` where it names one."""
    rows = found.rows.select_related("organisation")
    chosen = rows.filter(outcome=outcome) if outcome in Outcome.values else rows
    shown_page = Paginator(chosen, PAGE_SIZE).get_page(page)
    counts = [(each, found.counts.get(each.value, 0)) for each in Outcome]
    return head(found, 3 if found.state == ImportState.TRIED else 4) | {
        "page": shown_page,
        "rows": [(row, list(changes_in_words(row))) for row in shown_page],
        "counts": counts,
        "outcome": outcome,
        "refused": found.counts.get(Outcome.REFUSED.value, 0),
        "writes": found.counts.get("new", 0) + found.counts.get("updated", 0),
        "kept": list(found.rows.exclude(kept_because="")[:PAGE_SIZE]),
        "total": sum(count for _, count in counts),
        "tried": found.state == ImportState.TRIED,
        "applied": found.state == ImportState.APPLIED,
        "undone": found.state == ImportState.UNDONE,
    }
