"""The one way in which a paper becomes a record: number, register columns, public row."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from pakten.records.models import Became, Case, Record, RecordType, RegistrySeries, State
from pakten.records.policies import check_transition
from pakten.records.refusals import RecordsRefused
from pakten.records.services.numbering import OutsideNumber, next_in_case, own_number
from pakten.records.services.public import UNKNOWN_SENDER, key_of, publish
from pakten.records.services.versions import update_versioned
from pakten.records.words import one_line, search_key

TITLE_LIMIT, CONTENT_LIMIT, NAME_LIMIT = 300, 300, 200
_CLOCKS_DIFFER = timedelta(minutes=5)


def new_case(
    title: str,
    *,
    series: RegistrySeries | None = None,
    number: OutsideNumber | None = None,
    classification: str = "",
    **columns: Any,
) -> Case:
    """A case with its number, in the caller's transaction. Raises RecordsRefused without a title."""
    title = one_line(title, TITLE_LIMIT)
    if not title:
        raise RecordsRefused("Ge ärendet en rubrik.")
    series = series or RegistrySeries.objects.get(is_default=True)
    if number is None:
        columns |= own_number(series, classification=classification)
    else:
        columns |= {"registry_no": number.number, "number_system": number.system}
    key = search_key(columns["registry_no"], columns.get("own_no", ""), title)
    return Case.objects.create(
        series=series,
        title=title,
        classification_code=classification,
        opened_at=timezone.now(),
        search_key=key,
        **columns,
    )


def new_record(case: Case, code: str, *, content: str, counterpart: str, **columns: Any) -> Record:
    """A paper in the case, a draft until :func:`enter` is called. Raises RecordsRefused for an empty one."""
    kind = record_type(code)
    content = one_line(content, CONTENT_LIMIT)
    if not content:
        raise RecordsRefused("Skriv med några ord vad handlingen handlar om.")
    record = Record(
        case=case,
        record_type=kind,
        state=State.DRAFT,
        direction=columns.pop("direction", kind.direction),
        short_content=content,
        sender_or_recipient=one_line(counterpart, NAME_LIMIT),
        classification_code=kind.classification_code,
        retention_rule=kind.retention_rule,
        retention_years=kind.retention_years,
        **columns,
    )
    record.search_key = key_of(record)
    record.save()
    return record


def enter(record: Record, became: Became, *, expected_version: int, **columns: Any) -> None:
    """Let the paper become a record: it gets its number and its row in the public diary.

    Raises RecordsRefused where the transition is not allowed, ChangedMeanwhile when somebody was first.
    """
    check_transition(record, State.RECORD)
    update_versioned(
        record,
        expected_version,
        state=State.RECORD,
        became=became,
        record_no=next_in_case(record.case),
        registered_at=timezone.now(),
        **columns,
    )
    Record.objects.filter(pk=record.pk).update(search_key=key_of(record))
    publish(record)


def record_type(code: str) -> RecordType:
    """The type with this code. Raises RecordsRefused for an unknown one."""
    try:
        return RecordType.objects.get(code=code)
    except RecordType.DoesNotExist as error:
        raise RecordsRefused(f"Handlingstypen ”{code}” finns inte.") from error


def when(moment: datetime | None) -> datetime:
    """The moment, now where it is None. Raises RecordsRefused for one that can't be."""
    now = timezone.now()
    if moment is None:
        return now
    if moment > now + _CLOCKS_DIFFER:
        raise RecordsRefused("Datumet ligger i framtiden. Skriv dagen då handlingen kom in.")
    if moment.year < 1900:
        raise RecordsRefused("Datumet ligger för långt tillbaka. Kontrollera årtalet.")
    return moment


def sender_or_unknown(name: str) -> str:
    """The register says so when nobody knows who sent a paper."""
    return name if name.strip() else UNKNOWN_SENDER
