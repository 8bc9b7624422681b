"""One case, one record, one request: what their pages show."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from pakten.audit.models import Entry
from pakten.audit.queries import entries_for
from pakten.records.models import (
    Case,
    MarkState,
    Outcome,
    Record,
    RecordRequest,
    SecrecyMark,
    State,
    StoredFile,
)
from pakten.records.models.record import REGISTERED

MOST_EVENTS = 100


def case(case_id: int) -> Case:
    """The case with its responsible. Raises Case.DoesNotExist."""
    return Case.objects.select_related("responsible", "series").get(pk=case_id)


def records_of(case: Case) -> QuerySet[Record]:
    """The registered papers of a case, latest first, with files and marks."""
    standing = SecrecyMark.objects.filter(state__in=(MarkState.PROPOSED, MarkState.IN_FORCE))
    return (
        case.records.filter(state__in=REGISTERED)
        .select_related("record_type", "created_by")
        .prefetch_related("files", Prefetch("marks", queryset=standing, to_attr="standing_marks"))
        .order_by("-record_no")
    )


def drafts_of(case: Case) -> QuerySet[Record]:
    """The drafts of a case, oldest first. Who may see which is a question for the policies."""
    return case.records.filter(state=State.DRAFT).select_related("record_type", "created_by").order_by("pk")


def record(record_id: int) -> Record:
    """The record with its case and type. Raises Record.DoesNotExist."""
    return Record.objects.select_related("case", "case__series", "record_type", "created_by").get(
        pk=record_id
    )


def record_by_number(number: str) -> Record | None:
    """The record that is cited by this number, or None."""
    registry_no, _, place = " ".join(number.split()).rpartition("-")
    if not place.isdecimal() or len(place) > 6:
        return None
    found = Record.objects.filter(case__registry_no=registry_no, record_no=int(place), state__in=REGISTERED)
    return found.select_related("case").first()


def file(file_id: int, record: Record) -> StoredFile:
    """A file of this record. Raises StoredFile.DoesNotExist."""
    return record.files.get(pk=file_id)


def marks_of(record: Record) -> QuerySet[SecrecyMark]:
    """All marks that the record has or had, latest first."""
    return record.marks.select_related("made_by", "settled_by")


def proposed_marks() -> QuerySet[SecrecyMark]:
    """Marks that wait for the registrar, oldest first."""
    waiting = SecrecyMark.objects.filter(state=MarkState.PROPOSED)
    return waiting.select_related("record__case", "made_by").order_by("pk")


def history_of(record: Record) -> QuerySet[Entry]:
    """What was done to the record, latest first."""
    return entries_for(record)[:MOST_EVENTS]


def requests(outcome: str = "") -> QuerySet[RecordRequest]:
    """Requests to see a record with this outcome: those that wait oldest first, others latest first."""
    found = RecordRequest.objects.select_related("record__case", "answered_by")
    wanted = found.filter(outcome=outcome) if outcome else found.exclude(outcome=Outcome.WAITING)
    return wanted.order_by("pk" if outcome == Outcome.WAITING else "-answered_at")


def request(request_id: int) -> RecordRequest:
    """The request with its record. Raises RecordRequest.DoesNotExist."""
    found = RecordRequest.objects.select_related("record__case__series", "record__record_type", "answered_by")
    return found.prefetch_related("tests__record__case", "tests__by").get(pk=request_id)


def request_by_submission(submission: UUID) -> RecordRequest | None:
    """The request that was sent with this form, or None."""
    return RecordRequest.objects.filter(record__submission=submission).select_related("record__case").first()
