"""Addresses that let in whoever has them, taken out of what others than their owner may read."""

from __future__ import annotations

import email
import re
from email.message import Message

HIDDEN = "…"
# The first part of the path, and the secret behind it. What is chosen by a password link is a person and a
# secret, so that all of it is hidden.
_SECRETS = (
    re.compile(r"(/(?:ansok|intyga)/)(?!sektor/)[^/\s?\"']{8,}"),
    re.compile(r"(/valj-losenord/)[^/\s?\"']+/(?!valj/)[^/\s?\"']+"),
    # Who has this proves that an address is theirs.
    re.compile(r"([?&]bevis=)[^\s&\"']+"),
)


def without_secrets(text: str) -> str:
    """The text with every secret in an address replaced."""
    for pattern in _SECRETS:
        text = pattern.sub(rf"\g<1>{HIDDEN}", text)
    return text


def file_without_secrets(data: bytes, media_type: str) -> bytes:
    """The same of a text or a mail as it was sent; any other file, and one without secrets, as it is."""
    if media_type.startswith("message/"):
        return _mail_without_secrets(data)
    return _bytes_without_secrets(data) if media_type.startswith("text/") else data


def _bytes_without_secrets(data: bytes) -> bytes:
    return without_secrets(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")


def _mail_without_secrets(data: bytes) -> bytes:
    mail = email.message_from_bytes(data)
    changed = [_hide_in(part) for part in mail.walk() if part.get_content_maintype() == "text"]
    return mail.as_bytes() if any(changed) else data


def _hide_in(part: Message) -> bool:
    """Hide what is secret in the part, however it is packed for its journey; whether there was any."""
    text = part.get_payload(decode=True)
    if not isinstance(text, bytes) or (hidden := _bytes_without_secrets(text)) == text:
        return False
    del part["Content-Transfer-Encoding"]
    part.set_payload(hidden, "utf-8")
    return True
