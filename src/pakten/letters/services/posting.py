"""Putting a message in the post, in the caller's transaction: it goes out if and only if that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.letters.content import LetterContent
from pakten.letters.models import Channel, OutboxMessage
from pakten.letters.pdf import render_pdf
from pakten.letters.policies import GIVE_UP_AFTER, LARGEST_MESSAGE, LONGEST_BODY
from pakten.letters.refusals import LettersRefused
from pakten.letters.services.waking import wake
from pakten.records.models import Case, Record
from pakten.records.services import NewFile, Paper, draw_up_to_send
from pakten.records.words import one_line

# The message's own text as it lies in the record beside its attachments.
TEXT_NAME = "meddelande.txt"
ADDRESS_LIMIT = 254


@dataclass(frozen=True, slots=True)
class Mail:
    """A message out. Without ``case`` it is a plain system mail, which is no record and has no attachments.

    ``to_address`` empty: it goes by post on paper, which needs a case. ``record_type`` is the code of a
    record type, ``to_person``: the recipient is a private person. ``submission`` makes posting twice one.
    """

    to_address: str
    subject: str
    body: str
    to_name: str = ""
    case: Case | None = None
    about: str = ""
    submission: UUID | None = None
    attachments: tuple[NewFile, ...] = ()
    record_type: str = "letter"
    to_person: bool = False

    def clean(self) -> Mail:
        """The same, fit to be sent: no line breaks in head lines. Raises LettersRefused with a sentence."""
        subject, body = one_line(self.subject, 200), self.body.replace("\x00", "")
        body = body.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").strip()
        if not subject or not body:
            raise LettersRefused("Utskicket behöver både ett ämne och en text.")
        if len(body) > LONGEST_BODY:
            raise LettersRefused(f"Texten är för lång. Den får ha högst {LONGEST_BODY} tecken.")
        if sum(file.content.size or 0 for file in self.attachments) > LARGEST_MESSAGE:
            raise LettersRefused(f"Bilagorna är för stora. Gränsen är {LARGEST_MESSAGE // 1_000_000} MB.")
        if self.case is None and (self.attachments or not self.to_address):
            raise ValueError("A message on paper or with attachments belongs to a case")
        address = checked_address(self.to_address) if self.to_address else ""
        return replace(
            self, subject=subject, body=body, to_address=address, to_name=one_line(self.to_name, 200)
        )


def checked_address(text: str) -> str:
    """The e-mail address without blanks around it. Raises LettersRefused for what is none."""
    address = text.strip()
    try:
        MaxLengthValidator(ADDRESS_LIMIT)(address)
        validate_email(address)
    except ValidationError as error:
        raise LettersRefused(
            f"E-postadressen ”{one_line(address, 60)}” går inte att skicka till. Kontrollera stavningen."
        ) from error
    return address


@transaction.atomic
def post(mail: Mail, *, actor: User | None) -> OutboxMessage:
    """Queue the message; with a case, draw up its record. It is tried as soon as the transaction holds.

    Who may write to whom is the calling service's question; ``actor`` None is the system itself. Raises
    LettersRefused for what can't be sent, RecordsRefused for a closed case or a bad file.
    """
    if known := _known(mail):
        return known
    mail = mail.clean()
    try:
        with transaction.atomic():
            message = _make(mail, actor=actor)
    except IntegrityError:
        if known := _known(mail):
            return known
        raise
    if not message.is_by_hand:
        wake()
    log("letters.message.queued", message, actor=actor, after=told(message))
    return message


@transaction.atomic
def send_letter(
    case: Case, content: LetterContent, *, mail: Mail, actor: User | None, record_type: str = "letter"
) -> OutboxMessage:
    """Make the letter a PDF, keep it in the case, and send it with the mail's text as the covering note.

    Without address it waits until somebody has printed and posted it. Raises as :func:`post`.
    """
    if known := _known(mail):
        return known
    number = f" {content.registry_no}" if content.registry_no else ""
    name = f"{content.kind_title}{number}.pdf".replace("/", "-")
    letter = NewFile.of_bytes(name, render_pdf(content), media_type="application/pdf")
    whole = replace(mail, case=case, record_type=record_type, attachments=(letter, *mail.attachments))
    return post(whole, actor=actor)


def told(message: OutboxMessage) -> dict[str, Any]:
    """What the log keeps of a message: not its text, which the record has."""
    return {
        "to_address": message.to_address,
        "to_name": message.to_name,
        "channel": message.channel,
        "about": message.about,
        "record": str(message.record or ""),
    }


def _make(mail: Mail, *, actor: User | None) -> OutboxMessage:
    now = timezone.now()
    record = _draw_up(mail, actor=actor)
    files = record.files.exclude(original_name=TEXT_NAME) if record else ()
    return OutboxMessage.objects.create(
        channel=Channel.EMAIL if mail.to_address else Channel.POST,
        to_address=mail.to_address,
        to_name=mail.to_name,
        subject=mail.subject,
        body=mail.body,
        case=mail.case,
        record=record,
        attached=[{"name": file.original_name, "sha256": file.sha256} for file in files],
        about=mail.about,
        submission=mail.submission,
        queued_at=now,
        next_try_at=now if mail.to_address else None,
        try_until=now + GIVE_UP_AFTER,
        created_by=actor,
    )


def _draw_up(mail: Mail, *, actor: User | None) -> Record | None:
    if mail.case is None:
        return None
    text = NewFile.of_bytes(TEXT_NAME, mail.body.encode(), media_type="text/plain; charset=utf-8")
    files: Sequence[NewFile] = (text, *mail.attachments)
    paper = Paper(mail.subject, mail.record_type, mail.to_name or mail.to_address, mail.to_person)
    return draw_up_to_send(mail.case, paper, actor=actor, files=files)


def _known(mail: Mail) -> OutboxMessage | None:
    if mail.submission is None:
        return None
    return OutboxMessage.objects.filter(submission=mail.submission).select_related("case", "record").first()
