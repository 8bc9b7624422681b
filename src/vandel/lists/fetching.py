"""Fetching a list from its issuer into a temporary file, with length and digest."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol
from urllib.parse import urljoin, urlsplit

from vandel.lists.refusal import ListRefused
from vandel.lists.safety import MIB, Deadline

if TYPE_CHECKING:
    import httpx

_REDIRECTS = 5
# Answers by which servers keep automated clients out.
_SHY = frozenset({401, 403, 429})
_HEADERS = {"User-Agent": "vandel (list fetch)", "Accept-Encoding": "identity"}


class Fetchable(Protocol):
    """What a publisher offers: a list, or a register's file."""

    @property
    def id(self) -> str: ...
    @property
    def address(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class FetchRules:
    """How far a fetch may go. ``address`` replaces the catalogue's; ``seconds`` bounds each wait."""

    address: str | None = None
    allow_plain_http: bool = False
    max_bytes: int = 256 * MIB
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that arrived whole. ``last_modified`` is what the server says of it, in UTC."""

    path: Path
    url: str
    sha256: str
    length: int
    fetched_at: datetime
    last_modified: datetime | None


def fetch(
    source: Fetchable,
    client: httpx.Client,
    *,
    target_dir: Path,
    now: datetime,
    rules: FetchRules | None = None,
    deadline: Deadline | None = None,
) -> Fetched:
    """Fetch a list into ``target_dir``, under a name that ends with its digest.

    Nothing is left there when it fails. Errors: ``ListRefused`` in one line: no address, not https, the
    server's last answer in plain words, too large, too slow, or not as long as the server said.
    """
    bounds = rules or FetchRules()
    address = bounds.address or source.address
    if not address:
        raise ListRefused(
            "lists.no_address",
            f"{source.id} has no address to fetch from: import a file instead.",
            list_id=source.id,
        )
    target_dir.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{source.id}-", suffix=".part", dir=target_dir)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            arrival = _Download(client, rules=bounds, deadline=deadline).into(stream, address)
        final = target_dir / f"{source.id}-{arrival.sha256[:12]}"
        part.replace(final)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Fetched(final, arrival.url, arrival.sha256, arrival.length, now, arrival.last_modified)


@dataclass(frozen=True, slots=True)
class _Arrival:
    url: str
    sha256: str
    length: int
    last_modified: datetime | None


class _Download:
    """One fetch: follows a few redirections, each checked like the first address."""

    def __init__(self, client: httpx.Client, *, rules: FetchRules, deadline: Deadline | None) -> None:
        self._client = client
        self._rules = rules
        self._deadline = deadline

    def into(self, stream: BinaryIO, address: str) -> _Arrival:
        # Imported here: whoever only reads lists need not wait for it.
        import httpx

        url = address
        for _ in range(_REDIRECTS):
            host = self._checked_host(url)
            try:
                with self._client.stream(
                    "GET", url, headers=_HEADERS, timeout=self._rules.seconds, follow_redirects=False
                ) as response:
                    if response.has_redirect_location:
                        url = urljoin(url, response.headers["location"])
                        continue
                    return self._save(response, stream, host=host)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise _no_answer(host, error) from error
        raise ListRefused("lists.redirects", f"{urlsplit(address).hostname} sent us round in circles.")

    def _checked_host(self, url: str) -> str:
        parts = urlsplit(url)
        allowed = ("https", "http") if self._rules.allow_plain_http else ("https",)
        if parts.scheme not in allowed or not parts.hostname:
            raise ListRefused("lists.not_https", f"{url!r} is not an https address.", url=url)
        return parts.hostname

    def _save(self, response: httpx.Response, stream: BinaryIO, *, host: str) -> _Arrival:
        if response.status_code != HTTPStatus.OK:
            raise _refused_by_server(response, host)
        digest, length = hashlib.sha256(), 0
        for chunk in response.iter_bytes():
            if self._deadline is not None:
                self._deadline.check()
            length += len(chunk)
            if length > self._rules.max_bytes:
                raise ListRefused(
                    "lists.too_large", f"{host} sent more than {self._rules.max_bytes // MIB} MiB.", host=host
                )
            digest.update(chunk)
            stream.write(chunk)
        _check_length(response, length, host=host)
        if not length:
            raise ListRefused("lists.empty", f"{host} sent an empty file.", host=host)
        stream.flush()
        os.fsync(stream.fileno())
        return _Arrival(str(response.url), digest.hexdigest(), length, _last_modified(response))


def _check_length(response: httpx.Response, length: int, *, host: str) -> None:
    promised = response.headers.get("content-length", "")
    # The promise counts the bytes on the wire, which differ from ours when the server packs them.
    arrived = response.num_bytes_downloaded if "content-encoding" in response.headers else length
    if promised.isdigit() and int(promised) != arrived:
        raise ListRefused(
            "lists.wrong_length",
            f"{host} promised {promised} bytes but {arrived} arrived: the file is not whole.",
            host=host,
            promised=int(promised),
            arrived=arrived,
        )


def _refused_by_server(response: httpx.Response, host: str) -> ListRefused:
    said = _plain_words(response)
    status = f"{response.status_code} {response.reason_phrase}"
    advice = " Download the file in a browser and import it." if response.status_code in _SHY else ""
    return ListRefused(
        "lists.server_refused",
        f"{host} answered {status}{f': {said}' if said else ''}.{advice}",
        host=host,
        status=response.status_code,
        said=said,
    )


def _plain_words(response: httpx.Response) -> str:
    beginning = b""
    for chunk in response.iter_bytes():
        beginning += chunk
        if len(beginning) > 16_384:
            break
    text = beginning[:16_384].decode("utf-8", errors="replace")
    text = re.sub(r"(?is)<(script|style|head)\b.*?(</\1>|$)|<[^>]*>", " ", text)
    return re.sub(r"[\s\x00-\x1f]+", " ", text).strip()[:200].rstrip(". ")


def _no_answer(host: str, error: Exception) -> ListRefused:
    import httpx

    if isinstance(error, httpx.TimeoutException):
        reason = "it took too long to answer"
    elif isinstance(error, httpx.RemoteProtocolError):
        reason = "the connection ended before the whole file had arrived"
    else:
        reason = str(error) or type(error).__name__
    return ListRefused("lists.no_answer", f"Nothing came from {host}: {reason}.", host=host)


def _last_modified(response: httpx.Response) -> datetime | None:
    try:
        value = parsedate_to_datetime(response.headers.get("last-modified", ""))
    except ValueError:
        return None
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
