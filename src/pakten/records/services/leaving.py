"""What the system sends: drawn up when it is queued, an outgoing record once it has left (TF 2:10)."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.records.models import Became, Case, Direction, Record, State
from pakten.records.policies import check_can_leave, check_may_send, check_open
from pakten.records.refusals import RecordsRefused
from pakten.records.services.drafts import NO_RECIPIENT, Paper
from pakten.records.services.files import NewFile, store
from pakten.records.services.receiving import told
from pakten.records.services.registering import enter, new_record


@transaction.atomic
def draw_up_to_send(case: Case, paper: Paper, *, actor: User | None, files: Sequence[NewFile] = ()) -> Record:
    """Begin the draft of what will be sent in an open case. ``actor`` None: the system itself writes.

    Raises PermissionDenied, RecordsRefused for a closed case, without a recipient, or for a bad file.
    """
    check_may_send(actor, case)
    check_open(case)
    if not paper.recipient.strip():
        raise RecordsRefused(NO_RECIPIENT)
    record = new_record(
        case,
        paper.type_code,
        content=paper.short_content,
        counterpart=paper.recipient,
        is_private_person=paper.to_person,
        received_or_drawn_up_at=timezone.now(),
        direction=Direction.OUT,
        created_by=actor,
    )
    store(record, files)
    log("records.record.drawn_up", record, actor=actor, after={"type": record.record_type.title})
    return record


@transaction.atomic
def register_dispatch(record: Record, *, actor: User | None, as_sent: Sequence[NewFile] = ()) -> Record:
    """It has left: keep the message as it was sent, and make the draft an outgoing record.

    ``actor`` None: the system sent it. A paper that became a record before it left, when its case was closed,
    keeps its number and gets the file. Returns the record as it is now. Raises PermissionDenied, and
    RecordsRefused for what is discarded or disposed of.
    """
    record = Record.objects.select_related("case", "record_type").get(pk=record.pk)
    check_may_send(actor, record.case)
    check_can_leave(record)
    if record.state == State.DRAFT:
        enter(
            record,
            Became.DISPATCHED,
            expected_version=record.version,
            direction=Direction.OUT,
            received_or_drawn_up_at=timezone.now(),
        )
    kept = store(record, as_sent)
    digests = {"files": [file.sha256 for file in kept]}
    log("records.record.dispatched", record, actor=actor, after=told(record) | digests)
    return record
