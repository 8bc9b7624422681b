"""What the administration draws up: a draft until dispatched, finished, or the case is closed (L-04)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.services import record as log
from pakten.records.models import Became, Case, Direction, Record, State
from pakten.records.policies import (
    FINISHERS,
    check_may_change_draft,
    check_may_register,
    check_may_write,
    check_no_conflict,
    check_open,
    check_transition,
)
from pakten.records.refusals import RecordsRefused
from pakten.records.services.files import NewFile, erase, store
from pakten.records.services.public import key_of
from pakten.records.services.receiving import told
from pakten.records.services.registering import CONTENT_LIMIT, NAME_LIMIT, enter, new_record
from pakten.records.services.versions import update_versioned
from pakten.records.words import one_line

NO_RECIPIENT = "Skriv vem handlingen går till."


@dataclass(frozen=True, slots=True)
class Paper:
    """What is drawn up; ``to_person``: the recipient is a private person."""

    short_content: str
    type_code: str = "note"
    recipient: str = ""
    to_person: bool = False


@transaction.atomic
def draw_up(case: Case, paper: Paper, *, actor: User, files: Sequence[NewFile] = ()) -> Record:
    """Begin a draft in an open case. Raises PermissionDenied or RecordsRefused."""
    check_may_write(actor)
    check_no_conflict(actor, case)
    check_open(case)
    record = _draft(case, paper, actor=actor)
    store(record, files)
    log("records.record.drawn_up", record, actor=actor, after={"type": record.record_type.title})
    return record


@transaction.atomic
def revise(
    record: Record, paper: Paper, *, actor: User, expected_version: int, files: Sequence[NewFile] = ()
) -> None:
    """Change a draft; new files take the place of the old ones, which were nobody's record."""
    check_may_change_draft(actor, record)
    if not record.is_draft:
        raise RecordsRefused("En handling ändras inte. Registreringen kan rättas av registrator.")
    columns: dict[str, Any] = {
        "short_content": one_line(paper.short_content, CONTENT_LIMIT) or record.short_content,
        "sender_or_recipient": one_line(paper.recipient, NAME_LIMIT),
        "is_private_person": paper.to_person,
    }
    update_versioned(record, expected_version, **columns)
    Record.objects.filter(pk=record.pk).update(search_key=key_of(record))
    if files:
        erase(record)
        record.files.all().delete()
        store(record, files)
    log("records.record.revised", record, actor=actor)


@transaction.atomic
def dispatch(record: Record, recipient: str, *, actor: User, expected_version: int) -> None:
    """The draft has left the authority: it is an outgoing record from now on (TF 2:10).

    Raises PermissionDenied, RecordsRefused without a recipient or for what is no draft, ChangedMeanwhile.
    """
    check_may_change_draft(actor, record)
    recipient = one_line(recipient, NAME_LIMIT) or record.sender_or_recipient
    if not recipient:
        raise RecordsRefused(NO_RECIPIENT)
    enter(
        record,
        Became.DISPATCHED,
        expected_version=expected_version,
        direction=Direction.OUT,
        sender_or_recipient=recipient,
        received_or_drawn_up_at=timezone.now(),
    )
    log("records.record.dispatched", record, actor=actor, after=told(record))


@transaction.atomic
def make_record(
    record: Record, *, actor: User, expected_version: int, became: Became = Became.FINISHED
) -> None:
    """The draft is finished, or taken care of for the archive (TF 2:10, 2:12). Raises as :func:`dispatch`."""
    check_may_change_draft(actor, record)
    if became not in (Became.FINISHED, Became.ARCHIVED):
        raise RecordsRefused("Ett utkast blir handling när det är färdigt eller tas om hand för arkivering.")
    enter(record, became, expected_version=expected_version, received_or_drawn_up_at=timezone.now())
    log("records.record.finished", record, actor=actor, after=told(record) | {"became": became})


@transaction.atomic
def register_sent(case: Case, paper: Paper, *, actor: User | None, files: Sequence[NewFile] = ()) -> Record:
    """Register what was sent, as it was sent, in one step. ``actor`` None: an automatic message.

    Raises PermissionDenied for a person without the role, RecordsRefused without a recipient.
    """
    check_may_register(actor)
    check_no_conflict(actor, case)
    if not paper.recipient.strip():
        raise RecordsRefused(NO_RECIPIENT)
    record = _draft(case, paper, actor=actor, direction=Direction.OUT)
    kept = store(record, files)
    enter(record, Became.DISPATCHED, expected_version=record.version)
    log("records.record.sent", record, actor=actor, after=told(record) | {"files": [f.sha256 for f in kept]})
    return record


@transaction.atomic
def register_drawn_up(
    case: Case, paper: Paper, *, actor: User, files: Callable[[Record], Sequence[NewFile]]
) -> Record:
    """Register what is finished when it is made, such as a decision. ``files`` makes its files: it is given
    the record with its number.

    The only service here that does not log: the caller has more to change first, and calls
    :func:`log_drawn_up` at the end. Raises PermissionDenied, RecordsRefused for a closed case.
    """
    check_role(actor, *FINISHERS)
    check_no_conflict(actor, case)
    check_open(case)
    record = _draft(case, paper, actor=actor, direction=Direction.INTERNAL)
    enter(record, Became.FINISHED, expected_version=record.version)
    store(record, files(record))
    return record


def log_drawn_up(record: Record, *, actor: User) -> None:
    """Log what :func:`register_drawn_up` did, last in the transaction."""
    kept = [file.sha256 for file in record.files.all()]
    log("records.record.finished", record, actor=actor, after=told(record) | {"files": kept})


@transaction.atomic
def discard(record: Record, *, actor: User, expected_version: int) -> None:
    """Clear a draft away with its files: it was never a record. Raises as :func:`dispatch`."""
    check_may_change_draft(actor, record)
    check_transition(record, State.DISCARDED)
    update_versioned(record, expected_version, state=State.DISCARDED)
    erase(record)
    log("records.record.discarded", record, actor=actor)


def _draft(case: Case, paper: Paper, *, actor: User | None, **columns: Any) -> Record:
    return new_record(
        case,
        paper.type_code,
        content=paper.short_content,
        counterpart=paper.recipient,
        is_private_person=paper.to_person,
        received_or_drawn_up_at=timezone.now(),
        created_by=actor,
        **columns,
    )
