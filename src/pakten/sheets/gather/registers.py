"""What public registers said of the organisation, each the last time that it was asked."""

from __future__ import annotations

from datetime import datetime

from pakten.core.templatetags.formats import date_iso
from pakten.organisations.models import LookupOutcome, Organisation, RegisterLookup
from pakten.organisations.registers.said import WATCHED, answered
from pakten.sheets.gather.words import told
from pakten.sheets.values import RegisterLine


def register_lines(organisation: Organisation, *, until: datetime | None) -> tuple[RegisterLine, ...]:
    """One line per register that was asked before ``until``, in the order in which they were asked."""
    rows = RegisterLookup.objects.filter(organisation=organisation)
    rows = rows.filter(at__lt=until) if until else rows
    newest: dict[str, RegisterLookup] = {row.register_id: row for row in rows.order_by("pk")}
    return tuple(_line(row) for row in sorted(newest.values(), key=lambda row: row.pk))


def _line(row: RegisterLookup) -> RegisterLine:
    return RegisterLine(
        register=row.title,
        outcome=row.outcome,
        label=LookupOutcome(row.outcome).label,
        said=_said(row),
        at=row.at,
        where=row.source_where or (f"utgåva {row.edition_id}" if row.edition_id else ""),
        sha256=row.sha256,
    )


def _said(row: RegisterLookup) -> str:
    if row.outcome != LookupOutcome.FOUND:
        return told(row.reason)
    facts = [
        f"{WATCHED[field]}: {', '.join(values)}" for field, values in answered(row.facts).items() if values
    ]
    when = f"Uppgifterna är från {date_iso(row.said_at)}." if row.said_at else ""
    return told(". ".join(facts) + f". {when}" if facts else when)
