"""What the registrar does to records: corrects their registration, disposes of them by decision (L-35)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.records.models import Record, RecordRequest, State
from pakten.records.policies import check_disposal, check_no_conflict, check_registrar
from pakten.records.refusals import ChangedMeanwhile, RecordsRefused
from pakten.records.services.files import erase
from pakten.records.services.public import key_of, publish_case
from pakten.records.services.registering import CONTENT_LIMIT, NAME_LIMIT, sender_or_unknown
from pakten.records.services.versions import update_versioned
from pakten.records.words import one_line


@dataclass(frozen=True, slots=True)
class Correction:
    """The register columns as they should have been."""

    short_content: str
    sender_or_recipient: str
    is_private_person: bool


@transaction.atomic
def correct(
    record: Record, correction: Correction, *, actor: User, reason: str, expected_version: int
) -> None:
    """Correct what the register says; the paper and its number stay, the log keeps what was (L-08).

    Raises PermissionDenied, RecordsRefused without a reason or for a draft, ChangedMeanwhile.
    """
    check_registrar(actor)
    check_no_conflict(actor, record.case)
    if record.state != State.RECORD:
        raise RecordsRefused("Bara en registrerad handling kan rättas.")
    if not reason.strip():
        raise RecordsRefused("Skriv varför registreringen rättas.")
    after = {
        "short_content": one_line(correction.short_content, CONTENT_LIMIT) or record.short_content,
        "sender_or_recipient": one_line(sender_or_unknown(correction.sender_or_recipient), NAME_LIMIT),
        "is_private_person": correction.is_private_person,
    }
    before = {name: getattr(record, name) for name in after}
    if before == after:
        return
    update_versioned(record, expected_version, **after)
    Record.objects.filter(pk=record.pk).update(search_key=key_of(record))
    publish_case(record.case)
    log("records.record.corrected", record, actor=actor, before=before, after=after, reason=reason)


@transaction.atomic
def dispose(record: Record, decision: str, *, actor: User, expected_version: int) -> None:
    """Destroy a record's files by a disposal decision; its row in the register stays.

    Raises PermissionDenied, RecordsRefused without a decision or before its time, ChangedMeanwhile.
    """
    check_registrar(actor)
    check_no_conflict(actor, record.case)
    decision = one_line(decision, 100)
    if not decision:
        raise RecordsRefused("Ange gallringsbeslutets nummer. Inget gallras utan beslut.")
    check_disposal(record, timezone.localdate())
    update_versioned(
        record,
        expected_version,
        state=State.DISPOSED,
        disposal_decision=decision,
        disposed_at=timezone.now(),
    )
    # Somebody may have opened the case again since the record was read: then its time is not out.
    if not Record.objects.filter(pk=record.pk, dispose_after=record.dispose_after).exists():
        raise ChangedMeanwhile(str(record))
    digests = list(record.files.values_list("sha256", flat=True))
    erase(record)
    # The queue has a copy of what the paper said.
    RecordRequest.objects.filter(record=record).update(asked="", email="")
    log("records.record.disposed", record, actor=actor, after={"decision": decision, "files": digests})
