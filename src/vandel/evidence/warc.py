"""WARC 1.1 records (ISO 28500) of exchanges, byte for byte as they went over the wire.

Written here rather than by a library: those parse the headers and write them anew, which is no longer what
the server sent. What is written is read by ``warcio`` in the tests.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from vandel.evidence.digest import sha256_hex

_SPACE: Final = uuid.UUID("6f0c2c5e-7a51-4d1e-9f0b-2b8f6f1f8a10")
_END: Final = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Conversation:
    """One question and its answer: bytes as sent and received, the IP address asked, the moment."""

    url: str
    asked_at: datetime
    address: str
    sent: bytes
    received: bytes
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Record:
    """One record as written, with what its place in the file is worth proving."""

    kind: str
    url: str
    data: bytes


def records_of(info: str, conversations: Iterable[Conversation], *, made_at: datetime) -> tuple[Record, ...]:
    """A ``warcinfo`` record with ``info`` (lines ``key: value``), then each conversation's two records."""
    block = info.replace("\n", "\r\n").encode("utf-8")
    first = _record(
        {"WARC-Type": "warcinfo", "Content-Type": "application/warc-fields"}, block, made_at=made_at
    )
    written = [Record("warcinfo", "", first)]
    for number, one in enumerate(conversations):
        written += _pair(one, number)
    return tuple(written)


def _pair(one: Conversation, number: int) -> list[Record]:
    response_id = _identity(one, f"{number} response")
    about = {"WARC-Target-URI": _plain(one.url), "WARC-IP-Address": one.address}
    request = {
        "WARC-Type": "request",
        "Content-Type": "application/http;msgtype=request",
        **about,
        "WARC-Concurrent-To": response_id,
    }
    response = {
        "WARC-Type": "response",
        "Content-Type": "application/http;msgtype=response",
        **about,
        "WARC-Record-ID": response_id,
        "WARC-Payload-Digest": f"sha256:{sha256_hex(one.received.partition(_END)[2])}",
    }
    if not one.is_whole:
        response["WARC-Truncated"] = "unspecified"
    pairs = [("request", request, one.sent)]
    if one.received:
        pairs.append(("response", response, one.received))
    return [Record(kind, one.url, _record(head, block, made_at=one.asked_at)) for kind, head, block in pairs]


def _record(head: dict[str, str], block: bytes, *, made_at: datetime) -> bytes:
    if made_at.tzinfo is None:
        raise ValueError("a record's moment has a time zone")
    moment = made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    head = {"WARC-Date": moment, **head}
    head.setdefault(
        "WARC-Record-ID", f"<urn:uuid:{uuid.uuid5(_SPACE, f'{sorted(head.items())}{sha256_hex(block)}')}>"
    )
    head["WARC-Block-Digest"] = f"sha256:{sha256_hex(block)}"
    head["Content-Length"] = str(len(block))
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items() if value)
    return f"WARC/1.1\r\n{lines}\r\n".encode() + block + _END


def _identity(one: Conversation, what: str) -> str:
    """The same conversation always gets the same id: nothing here depends on chance."""
    name = f"{one.url} {one.asked_at.isoformat()} {what} {sha256_hex(one.received)}"
    return f"<urn:uuid:{uuid.uuid5(_SPACE, name)}>"


def _plain(url: str) -> str:
    return url.replace("\r", "").replace("\n", "")
