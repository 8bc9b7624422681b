"""The record types and the number series that a new installation has; the city changes them as it likes."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connections

from pakten.records.models import Direction, RecordType, RegistrySeries

DIARY = "diarium"
PRESERVE = "Bevaras"


class _Type(NamedTuple):
    code: str
    title: str
    direction: Direction
    classification: str
    years: int | None = None

    @property
    def rule(self) -> str:
        return f"Gallras {self.years} år efter att ärendet avslutades" if self.years else PRESERVE


_IN, _OUT, _INTERNAL = Direction.IN, Direction.OUT, Direction.INTERNAL
# The classification codes are examples: each city has its own scheme and records schedule.
TYPES = (
    _Type("incoming", "Inkommen handling", _IN, "1.1"),
    _Type("membership_application", "Ansökan om medlemskap", _IN, "3.1"),
    _Type("completion", "Komplettering", _IN, "3.1"),
    _Type("withdrawal", "Begäran om utträde", _IN, "3.1"),
    _Type("pledge", "Intygande", _IN, "3.1"),
    _Type("inquiry", "Skrivelse", _IN, "1.2"),
    _Type("record_request", "Begäran om att få ta del av handling", _IN, "1.3", 2),
    _Type("letter", "Brev", _OUT, "1.1"),
    _Type("completion_request", "Begäran om komplettering", _OUT, "3.1"),
    _Type("decision", "Beslut", _OUT, "3.1"),
    _Type("record_answer", "Svar på begäran om handling", _OUT, "1.3", 2),
    _Type("control", "Kontrollunderlag", _INTERNAL, "3.2"),
    _Type("deviation", "Avvikelse", _INTERNAL, "3.2"),
    _Type("report", "Tjänsteutlåtande", _INTERNAL, "1.2"),
    _Type("delegation_report", "Anmälan av delegationsbeslut", _INTERNAL, "1.2"),
    _Type("note", "Tjänsteanteckning", _INTERNAL, "1.1"),
)


def fill_in(using: str) -> None:
    """Add what is missing; what the city has changed stays as it is. Without the tables, nothing."""
    if RecordType._meta.db_table not in connections[using].introspection.table_names():
        return
    RecordType.objects.using(using).bulk_create(
        (
            RecordType(
                code=each.code,
                title=each.title,
                direction=each.direction,
                classification_code=each.classification,
                retention_rule=each.rule,
                retention_years=each.years,
            )
            for each in TYPES
        ),
        ignore_conflicts=True,
    )
    RegistrySeries.objects.using(using).bulk_create(
        [
            RegistrySeries(
                code=DIARY,
                title="Diarium",
                board="AMN",
                authority="Arbetsmarknadsnämnden",
                pattern="{board} {year}/{serial:4}",
                is_default=True,
            )
        ],
        ignore_conflicts=True,
    )
