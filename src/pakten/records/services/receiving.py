"""What comes in is registered at once, with or without a person (OSL 5:1, L-03)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.records.models import Became, Case, Record
from pakten.records.policies import check_may_register, check_no_conflict
from pakten.records.services.cases import let_go_on
from pakten.records.services.files import NewFile, store
from pakten.records.services.registering import (
    enter,
    new_case,
    new_record,
    record_type,
    sender_or_unknown,
    when,
)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A paper that came in: the law's columns, and what the case is called if it opens one.

    ``received_at`` None = now. ``from_person``: the sender is a private person, whose name the open diary
    does not show. ``submission`` is the form's own number: the same one again gives the same record.
    """

    short_content: str
    sender: str = ""
    type_code: str = "incoming"
    received_at: datetime | None = None
    from_person: bool = False
    case_title: str = ""
    submission: UUID | None = None


def register_received(
    receipt: Receipt, *, actor: User | None, case: Case | None = None, files: Sequence[NewFile] = ()
) -> Record:
    """Register a paper that came in: receipt time, number, sender and short content, and its files.

    Without ``case`` it opens a new one; a closed one is opened again. ``actor`` None is the system itself,
    for what people send in. Long texts are shortened, an unknown sender is said to be unknown. Raises
    PermissionDenied for a person without the role, and RecordsRefused for an empty paper or a bad file.
    """
    check_may_register(actor)
    if case is not None:
        check_no_conflict(actor, case)
    if known := _known(receipt):
        return known
    try:
        return _register(receipt, actor=actor, case=case, files=files)
    except IntegrityError:
        # The same form arrived twice at the same moment, and the other one was first.
        if known := _known(receipt):
            return known
        raise


@transaction.atomic
def _register(receipt: Receipt, *, actor: User | None, case: Case | None, files: Sequence[NewFile]) -> Record:
    kind = record_type(receipt.type_code)
    if case is None:
        title = receipt.case_title or receipt.short_content
        case = new_case(title, classification=kind.classification_code)
    record = new_record(
        case,
        kind.code,
        content=receipt.short_content,
        counterpart=sender_or_unknown(receipt.sender),
        is_private_person=receipt.from_person,
        received_or_drawn_up_at=when(receipt.received_at),
        submission=receipt.submission,
        created_by=actor,
    )
    kept = store(record, files)
    enter(record, Became.RECEIVED, expected_version=record.version)
    let_go_on(case)
    log(
        "records.record.received",
        record,
        actor=actor,
        after=told(record) | {"files": [f.sha256 for f in kept]},
    )
    return record


def _known(receipt: Receipt) -> Record | None:
    if receipt.submission is None:
        return None
    return Record.objects.filter(submission=receipt.submission).select_related("case", "record_type").first()


def told(record: Record) -> dict[str, Any]:
    """What the log keeps of a record's register columns."""
    return {
        "number": record.number,
        "type": record.record_type.title,
        "at": record.received_or_drawn_up_at,
        "counterpart": record.sender_or_recipient,
        "content": record.short_content,
    }


def at_day(day: date) -> datetime | None:
    """A day as a moment: None, which means now, for today; else noon of that day."""
    if day == timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(day, time(12)))
