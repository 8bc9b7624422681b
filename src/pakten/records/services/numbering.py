"""Numbers: the next of a series, the next in a case, one from outside; and the pattern of a series."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.redaction import without_personal_numbers
from pakten.audit.services import record as log
from pakten.records import numbers
from pakten.records.models import Case, RegistrySeries, SeriesYear
from pakten.records.policies import SERIES_KEEPERS, check_no_conflict, check_registrar
from pakten.records.refusals import RecordsRefused
from pakten.records.services.public import publish_case, refresh_keys
from pakten.records.services.versions import update_versioned
from pakten.records.words import one_line

NUMBER_LIMIT = 100


@dataclass(frozen=True, slots=True)
class OutsideNumber:
    """A registry number from another case system, kept as it is written there."""

    number: str
    system: str

    def clean(self) -> OutsideNumber:
        """On one line. Raises RecordsRefused for a number that can't stand in a register."""
        number, system = " ".join(self.number.split()), one_line(self.system, 60)
        if not number or not system:
            raise RecordsRefused("Fyll i både numret och vilket system det kommer från.")
        if len(number) > NUMBER_LIMIT or not number.isprintable():
            raise RecordsRefused(f"Numret får ha högst {NUMBER_LIMIT} synliga tecken.")
        if without_personal_numbers(number) != number:
            raise RecordsRefused("Numret ser ut som ett personnummer. Det får inte stå som diarienummer.")
        return OutsideNumber(number, system)


def own_number(series: RegistrySeries, *, classification: str) -> dict[str, Any]:
    """The case's columns with the next number of the series, without gaps: call it where the case is made.

    The counter's row stays locked until the transaction ends; if that fails, the number was never given.
    A number that a case has from outside already is passed over.
    """
    year = timezone.localdate().year
    counter, _ = SeriesYear.objects.get_or_create(series=series, year=year)
    while True:
        SeriesYear.objects.filter(pk=counter.pk).update(last=F("last") + 1)
        counter.refresh_from_db()
        parts = numbers.Parts(year, counter.last, board=series.board, unit=series.unit)
        written = numbers.write(series.pattern, replace(parts, classification=classification))
        if not Case.objects.filter(registry_no=written).exists():
            return {"registry_no": written, "own_no": written, "year": year, "serial": counter.last}


def next_in_case(case: Case) -> int:
    """The next record number of the case, without gaps; the case's row stays locked."""
    Case.objects.filter(pk=case.pk).update(last_record_no=F("last_record_no") + 1)
    case.refresh_from_db(fields=["last_record_no"])
    return case.last_record_no


@transaction.atomic
def import_number(case: Case, outside: OutsideNumber, *, actor: User, expected_version: int) -> None:
    """Let the case be cited by a number from another system; our own number is kept beside it.

    Raises PermissionDenied, RecordsRefused when the number is taken or can't stand, ChangedMeanwhile.
    """
    check_registrar(actor)
    check_no_conflict(actor, case)
    outside = outside.clean()
    before = {"number": case.registry_no, "system": case.number_system}
    taken = RecordsRefused(f"Ett annat ärende har redan numret {outside.number}.")
    if Case.objects.filter(own_no=outside.number).exclude(pk=case.pk).exists():
        raise taken
    try:
        with transaction.atomic():
            update_versioned(case, expected_version, registry_no=outside.number, number_system=outside.system)
    except IntegrityError as error:
        raise taken from error
    refresh_keys(case)
    publish_case(case)
    log("records.case.number_imported", case, actor=actor, before=before, after=asdict(outside))


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """What a person may change of a series."""

    board: str
    unit: str
    authority: str
    pattern: str


@transaction.atomic
def change_series(series: RegistrySeries, facts: SeriesFacts, *, actor: User, expected_version: int) -> None:
    """Change how the next numbers look; numbers that were given stay. Raises as :func:`import_number`."""
    check_role(actor, *SERIES_KEEPERS)
    numbers.check(facts.pattern)
    wanted = {
        "board": one_line(facts.board, 20),
        "unit": one_line(facts.unit, 20),
        "authority": one_line(facts.authority, 200),
        "pattern": facts.pattern.strip(),
    }
    if not wanted["authority"]:
        raise RecordsRefused("Fyll i myndighetens namn.")
    before = {name: getattr(series, name) for name in wanted}
    update_versioned(series, expected_version, **wanted)
    _check_apart(series)
    log("records.series.changed", series, actor=actor, before=before, after=wanted)


def example(pattern: str, series: RegistrySeries) -> str:
    """The number that the pattern would give; raises RecordsRefused for one that can't be."""
    numbers.check(pattern)
    year = timezone.localdate().year
    parts = numbers.Parts(year, 12, board=series.board, unit=series.unit, classification="1.1")
    return numbers.write(pattern, parts)


def _check_apart(series: RegistrySeries) -> None:
    others = RegistrySeries.objects.exclude(pk=series.pk)
    mine = example(series.pattern, series)
    if any(example(other.pattern, other) == mine for other in others):
        raise RecordsRefused("En annan serie ger samma nummer. Ändra mönstret så att de skiljer sig.")
