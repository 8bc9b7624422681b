"""Handing one message to the mail server: built once, so that what is kept is what was sent."""

from __future__ import annotations

import mimetypes
import smtplib
import ssl
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from email.utils import formataddr, formatdate
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import sanitize_address

from pakten.letters.models import OutboxMessage


class NotHanded(Exception):
    """The mail server did not take the message. ``sentence`` is Swedish, for people.

    ``final``: trying again won't help. ``everybody``: it concerns the server, not this message.
    """

    def __init__(self, sentence: str, *, final: bool = False, everybody: bool = False) -> None:
        super().__init__(sentence)
        self.sentence, self.final, self.everybody = sentence, final, everybody


class _Built(EmailMessage):
    """A message that is the same each time it is asked for: Django would draw new boundaries."""

    @cached_property
    def _whole(self) -> Any:
        return super().message()

    def message(self, **_: Any) -> Any:
        """The one MIME message."""
        return self._whole


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with the message."""

    name: str
    data: bytes
    media_type: str


class Carrier:
    """The way to the mail server, opened at the first message."""

    def __init__(self) -> None:
        self._connection: Any = None

    def hand_over(self, message: OutboxMessage, attachments: Sequence[Attachment]) -> bytes:
        """Send the message; its bytes as sent. Raises NotHanded."""
        self._open()
        try:
            mail = _build(message, attachments, connection=self._connection)
            mail.send()
            # As Django's SMTP backend writes it.
            whole: bytes = mail.message().as_bytes(linesep="\r\n")
            return whole
        except Exception as error:
            # The next message begins afresh, whatever state the server was left in.
            self.close()
            raise _explained(error) from error

    def close(self) -> None:
        """Leave the server."""
        if self._connection is not None:
            with suppress(Exception):
                self._connection.close()
            self._connection = None

    def _open(self) -> None:
        if self._connection is not None:
            return
        opened = get_connection()
        try:
            opened.open()
        except Exception as error:
            raise NotHanded(_explained(error).sentence, everybody=True) from error
        self._connection = opened


def message_id(message: OutboxMessage) -> str:
    """The same at each try: a mailbox that gets the message twice can tell."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
    return f"<{message.public_id}@{domain}>"


def _build(message: OutboxMessage, attachments: Sequence[Attachment], *, connection: Any) -> _Built:
    headers = {"Message-ID": message_id(message), "Date": formatdate(localtime=True)}
    if message.created_by_id is None:
        headers["Auto-Submitted"] = "auto-generated"
    recipient = sanitize_address((message.to_name, message.to_address), "utf-8")
    mail = _Built(
        message.subject,
        message.body,
        to=[recipient if message.to_name else formataddr(("", message.to_address))],
        headers=headers,
        connection=connection,
    )
    for each in attachments:
        mail.attach(each.name, each.data, each.media_type or mimetypes.guess_type(each.name)[0])
    return mail


def _explained(error: Exception) -> NotHanded:
    """Why, in one sentence, and whether trying again may help."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            code = min((code for code, _ in error.recipients.values()), default=550)
            if code >= 500:
                return NotHanded(f"Adressen tar inte emot (svar {code} från mejlservern).", final=True)
            return NotHanded(f"Adressen tar inte emot just nu (svar {code} från mejlservern).")
        case smtplib.SMTPDataError() if error.smtp_code >= 500:
            return NotHanded(f"Mejlservern tar inte emot meddelandet (svar {error.smtp_code}).", final=True)
        case smtplib.SMTPAuthenticationError():
            return NotHanded("Mejlservern godtar inte vår inloggning.", everybody=True)
        case smtplib.SMTPResponseException():
            return NotHanded(f"Mejlservern svarade {error.smtp_code} och tog inte emot meddelandet.")
        case _ if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
            return NotHanded("Mejlservern svarade inte i tid.", everybody=True)
        case ConnectionRefusedError():
            return NotHanded("Mejlservern går inte att nå.", everybody=True)
        case smtplib.SMTPServerDisconnected():
            return NotHanded("Mejlservern bröt förbindelsen.", everybody=True)
        case ssl.SSLError():
            return NotHanded("Förbindelsen med mejlservern kunde inte göras säker.", everybody=True)
        case OSError():
            return NotHanded("Mejlservern går inte att nå.", everybody=True)
    return NotHanded("Ett fel i systemet hindrade att meddelandet skickades. Kontakta administratören.")
