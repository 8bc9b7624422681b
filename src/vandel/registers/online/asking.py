"""Asking a register: paced, patient with passing faults, bounded in time and bytes, never misled by a 200."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from vandel.evidence import Source
from vandel.registers.online.pacing import Pacing

if TYPE_CHECKING:
    import httpx

_PASSING: Final = frozenset({429, 500, 502, 503, 504})


class NoAnswer(Exception):
    """The register gave no answer that can be used; ``reason`` says why in one sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on. Waits double from ``first_wait``; a register that asks for more than
    ``longest_wait`` is left alone. ``seconds`` bounds each try, ``most_bytes`` each answer."""

    tries: int = 4
    first_wait: float = 1.0
    longest_wait: float = 90.0
    seconds: float = 20.0
    most_bytes: int = 8 * 2**20


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: method, address and, for some, a body. The address never holds a person's number."""

    method: str
    url: str
    params: Mapping[str, str] | None = None
    json: object = None
    form: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that arrived whole. ``where`` is its address without query."""

    status: int
    body: bytes
    where: str
    at: datetime

    def source(self, what: str) -> Source:
        """The source of what the answer says."""
        return Source.of_bytes(self.body, what=what, where=self.where, fetched_at=self.at)

    def value(self) -> Any:
        """The answer's JSON. Errors: ``NoAnswer`` (not_json): a page or a cut answer under a good status."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise NoAnswer("not_json", "The register answered with something else than data.") from error


class Asker:
    """Asks one register over ``client``. ``now`` gives the time of day with zone, ``sleep`` waits."""

    def __init__(
        self,
        client: httpx.Client,
        pacing: Pacing,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        patience: Patience = Patience(),
    ) -> None:
        self._client = client
        self._pacing = pacing
        self._now = now
        self._clock = clock
        self._sleep = sleep
        self._patience = patience

    def now(self) -> datetime:
        """The time of day."""
        return self._now()

    def ask(self, question: Question) -> Reply:
        """The answer, whatever its status, once passing faults are over. Errors: ``NoAnswer``."""
        wait = self._patience.first_wait
        for last in [False] * (self._patience.tries - 1) + [True]:
            self._pacing.wait()
            try:
                reply, asked_for = self._once(question)
            except NoAnswer as fault:
                if last or fault.code == "too_large":
                    raise
                asked_for = None
            else:
                if reply.status not in _PASSING:
                    return reply
                if last or (asked_for or 0) > self._patience.longest_wait:
                    raise _gave_up(reply.status, asked_for)
            self._sleep(max(asked_for or 0.0, wait))
            wait = min(2 * wait, self._patience.longest_wait)
        raise AssertionError("the last try returns or raises")

    def _once(self, question: Question) -> tuple[Reply, float | None]:
        import httpx

        try:
            with self._client.stream(
                question.method,
                question.url,
                params=dict(question.params) if question.params else None,
                json=question.json,
                data=dict(question.form) if question.form else None,
                headers={"Accept": "application/json", **(question.headers or {})},
                timeout=self._patience.seconds,
                follow_redirects=False,
            ) as response:
                body = self._body(response)
                where = str(response.url.copy_with(query=None, fragment=None))
                return Reply(response.status_code, body, where, self._now()), self._asked_for(response)
        except httpx.TimeoutException as error:
            raise NoAnswer("timeout", "The register took too long to answer.") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise NoAnswer("unreachable", "The register could not be reached.") from error

    def _body(self, response: httpx.Response) -> bytes:
        ends = self._clock() + self._patience.seconds
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > self._patience.most_bytes:
                raise NoAnswer("too_large", "The register's answer never ended.")
            if self._clock() > ends:
                raise NoAnswer("timeout", "The register took too long to answer.")
        return bytes(body)

    def _asked_for(self, response: httpx.Response) -> float | None:
        """How long the register asks us to wait, in seconds."""
        text = response.headers.get("retry-after", "").strip()
        if text.isdecimal():
            return float(text[:9])
        try:
            moment = parsedate_to_datetime(text)
        except ValueError:
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - self._now()).total_seconds())


def _gave_up(status: int, asked_for: float | None) -> NoAnswer:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        later = f" and asks for {asked_for:.0f} seconds' rest" if asked_for else ""
        return NoAnswer("throttled", f"The register has had too many questions{later}.")
    return NoAnswer("server_fault", f"The register answered with the fault {status}.")
