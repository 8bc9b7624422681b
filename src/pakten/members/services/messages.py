"""Messages between a member and the city. What comes in or goes out is in the diary at once (L-03)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.members.models import Message, MessageDirection, MessageKind
from pakten.members.policies import messages as policies
from pakten.members.services.case_titles import case_title
from pakten.members.services.message_titles import title_of
from pakten.members.services.notices import tell_contacts
from pakten.organisations.models import Organisation
from pakten.organisations.policies import check_speaks_for
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.models import Case, CaseState, Record
from pakten.records.policies import check_no_conflict
from pakten.records.refusals import RecordsRefused
from pakten.records.services import (
    CaseFacts,
    NewFile,
    Paper,
    Receipt,
    open_case,
    register_received,
    register_sent,
)
from pakten.records.words import several_lines

_TYPES = {MessageKind.LEAVING: "withdrawal"}
NOT_THIS_FORM = "Sidan hör till ett annat meddelande. Ladda om den och skriv igen."


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote. ``submission`` is the form's own number: the same one again changes nothing.

    ``fact`` is what a correction is about (a column, or words), ``proposed`` what it should say.
    """

    text: str
    submission: UUID
    kind: MessageKind = MessageKind.MESSAGE
    fact: str = ""
    proposed: str = ""


def write_to_city(
    organisation: Organisation, written: Written, *, actor: User, reply_to: Message | None = None
) -> Message:
    """Register what a contact writes, at once, and keep it in the organisation's thread.

    ``reply_to`` is a question of the city's, which is thereby answered. Raises PermissionDenied for whoever
    is not a contact of the organisation today, Refused for an empty or too long text.
    """
    check_speaks_for(actor, organisation)
    if reply_to is not None and reply_to.organisation_id != organisation.pk:
        raise Refused(NOT_THIS_FORM)
    return once(
        written,
        organisation,
        actor=actor,
        write=lambda: _receive(organisation, written, actor=actor, reply_to=reply_to),
    )


def ask_organisation(organisation: Organisation, written: Written, *, actor: User) -> Message:
    """Write to an organisation in the city's name: it is registered as sent and its contacts are told.

    Raises PermissionDenied, Refused.
    """
    policies.check_may_ask(actor)
    return once(written, organisation, actor=actor, write=lambda: _ask(organisation, written, actor=actor))


def answer(message: Message, written: Written, *, actor: User, expected_version: int) -> Message:
    """Answer what a member wrote. A plain message is settled by it; a correction or a leaving is not.

    Raises PermissionDenied, Refused, or ChangedMeanwhile when a colleague was first.
    """
    policies.check_may_answer(actor, message)
    return once(
        written,
        message.organisation,
        actor=actor,
        write=lambda: _answer(message, written, actor=actor, expected_version=expected_version),
    )


@transaction.atomic
def close_without_answer(message: Message, how: str, *, actor: User, expected_version: int) -> None:
    """Note that a message needs no answer, and why. The member sees it. Raises as :func:`answer`."""
    policies.check_may_answer(actor, message)
    policies.check_waits(message)
    words = several_lines(how)
    policies.check_words(words, typed=how)
    settle_row(message, words, actor=actor, expected_version=expected_version)
    log("members.message.settled", message, actor=actor, after={"how": words})


@transaction.atomic
def mark_read(found: list[Message], *, actor: User) -> None:
    """Note that the other side has opened these. Nothing is written where all were read already."""
    unread = [each.pk for each in found if each.read_at is None]
    if unread and Message.objects.filter(pk__in=unread, read_at=None).update(read_at=timezone.now()):
        log("members.message.read", found[0].organisation, actor=actor, after={"count": len(unread)})


def settle_row(message: Message, how: str, *, actor: User, expected_version: int) -> None:
    """Mark the message as dealt with, in the caller's transaction. Raises ChangedMeanwhile."""
    update_versioned(message, expected_version, settled_at=timezone.now(), settled_by=actor, settled_how=how)


def once(
    written: Written, organisation: Organisation, *, actor: User, write: Callable[[], Message]
) -> Message:
    """What ``write`` makes, or what the same form made before. Raises Refused for another's form."""
    if known := _known(written, organisation, actor=actor):
        return known
    try:
        return write()
    except IntegrityError:
        # The same form arrived twice at the same moment, and the other one was first.
        if known := _known(written, organisation, actor=actor):
            return known
        raise
    except RecordsRefused as refusal:
        raise Refused(refusal.sentence) from refusal


def send_out(
    organisation: Organisation, written: Written, *, actor: User, reply_to: Message | None = None
) -> Message:
    """Register what the city writes as sent and put it in the thread, in the caller's transaction."""
    text = several_lines(written.text)
    policies.check_words(text, typed=written.text)
    case = reply_to.case if reply_to else None
    content = title_of(written, direction=MessageDirection.OUT, reply_to=reply_to)
    if case is None:
        # A case begins with a paper; this one begins with what the city writes.
        case = _case_of(organisation) or _new_case(organisation, actor=actor)
    check_no_conflict(actor, case)
    personal = organisation.sole_trader
    paper = Paper(content, "letter", recipient=organisation.legal_name, to_person=personal)
    record = register_sent(case, paper, actor=actor, files=[_file(text)])
    return _keep(
        organisation,
        written,
        text=text,
        direction=MessageDirection.OUT,
        record=record,
        author=actor,
        reply_to=reply_to,
    )


def show_letter(organisation: Organisation, record: Record, *, text: str, actor: User) -> Message:
    """Put in the thread what goes out as a letter, in the caller's transaction: the paper is the letter's.

    The calling service has asked its policy, and logs.
    """
    return Message.objects.create(
        organisation=organisation,
        case=record.case,
        record=record,
        direction=MessageDirection.OUT,
        text=text,
        author=actor,
        author_name=str(actor)[:200],
    )


@transaction.atomic
def _receive(
    organisation: Organisation, written: Written, *, actor: User, reply_to: Message | None
) -> Message:
    text, proposed = several_lines(written.text), several_lines(written.proposed)
    policies.check_words(f"{text}{proposed}", typed=f"{written.text}{written.proposed}")
    if reply_to is not None and reply_to.settled_at is None:
        settle_row(reply_to, "Besvarad", actor=actor, expected_version=reply_to.version)
    receipt = Receipt(
        title_of(written, direction=MessageDirection.IN, reply_to=reply_to),
        organisation.legal_name,
        type_code=_TYPES.get(written.kind, "incoming"),
        from_person=organisation.sole_trader,
        case_title=_case_title(written.kind, organisation),
    )
    case = reply_to.case if reply_to else _case_of(organisation, kind=written.kind)
    # The paper keeps what its sender wrote; what the pages show has no personal numbers.
    record = register_received(receipt, actor=None, case=case, files=[_file(_whole(written))])
    message = _keep(
        organisation,
        written,
        text=text,
        proposed=proposed,
        direction=MessageDirection.IN,
        record=record,
        author=actor,
        reply_to=reply_to,
    )
    after = {"number": record.number, "kind": written.kind, "fact": written.fact}
    log("members.message.received", message, actor=actor, after=after)
    return message


@transaction.atomic
def _ask(organisation: Organisation, written: Written, *, actor: User) -> Message:
    message = send_out(organisation, written, actor=actor)
    tell_contacts(message, actor=actor)
    log("members.message.sent", message, actor=actor, after={"number": str(message.record)})
    return message


@transaction.atomic
def _answer(message: Message, written: Written, *, actor: User, expected_version: int) -> Message:
    if message.settled_at is None and policies.settles_by_answer(message):
        settle_row(message, "Besvarat", actor=actor, expected_version=expected_version)
    else:
        # Somebody who answers at the same time is told.
        update_versioned(message, expected_version)
    sent = send_out(message.organisation, written, actor=actor, reply_to=message)
    tell_contacts(sent, actor=actor)
    log("members.message.answered", message, actor=actor, after={"number": str(sent.record)})
    return sent


def _keep(organisation: Organisation, written: Written, *, record: Record, **columns: Any) -> Message:
    author: User = columns["author"]
    return Message.objects.create(
        organisation=organisation,
        case=record.case,
        record=record,
        kind=written.kind,
        fact=written.fact[:60],
        submission=written.submission,
        author_name=str(author)[:200],
        **columns,
    )


def _known(written: Written, organisation: Organisation, *, actor: User) -> Message | None:
    found = Message.objects.filter(submission=written.submission).select_related("record__case").first()
    if found and (found.organisation_id, found.author_id) != (organisation.pk, actor.pk):
        raise Refused(NOT_THIS_FORM)
    return found


def _case_of(organisation: Organisation, *, kind: MessageKind = MessageKind.MESSAGE) -> Case | None:
    """The open case of the running correspondence; a request to leave begins one of its own."""
    if kind is MessageKind.LEAVING:
        return None
    earlier = Message.objects.filter(organisation=organisation, case__state=CaseState.OPEN)
    last = earlier.exclude(kind=MessageKind.LEAVING).exclude(reply_to__kind=MessageKind.LEAVING)
    found = last.select_related("case").order_by("-pk").first()
    return found.case if found else None


def _new_case(organisation: Organisation, *, actor: User) -> Case:
    return open_case(CaseFacts(_case_title(MessageKind.MESSAGE, organisation)), actor=actor)


def _case_title(kind: MessageKind, organisation: Organisation) -> str:
    return case_title("Begäran om utträde" if kind is MessageKind.LEAVING else "Meddelanden", organisation)


def _whole(written: Written) -> str:
    """What was sent, as it was sent."""
    parts = [
        f"Uppgift: {written.fact}" if written.fact else "",
        f"Så ska det stå: {written.proposed}" if written.proposed else "",
        written.text,
    ]
    return "\n\n".join(part for part in parts if part)


def _file(text: str) -> NewFile:
    data = text.encode("utf-8", "replace")
    return NewFile.of_bytes("meddelande.txt", data, media_type="text/plain; charset=utf-8")
