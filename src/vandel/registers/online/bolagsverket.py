"""Bolagsverket's API of high-value data sets: one organisation at a time, with two secrets.

An answer of status 200 can hold a fault in each of its fields; what a field's own fault covers is
``could_not_check``, and what a private person's number brings is kept without identity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from vandel.ids import orgnr
from vandel.ids.characters import squeeze
from vandel.registers.facts import Outcome, RegisterFacts, nothing
from vandel.registers.online import organisation_answer
from vandel.registers.online.asking import Asker, NoAnswer, Question, Reply
from vandel.registers.refusal import RegisterRefused

REGISTER: Final = "bolagsverket-api"
_SCOPES: Final = "vardefulla-datamangder:read vardefulla-datamangder:ping"
_EARLY: Final = timedelta(seconds=60)
_REPORTS: Final = 500


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the API and its tokens are."""

    api: str
    token: str


PRODUCTION: Final = Addresses(
    "https://gw.api.bolagsverket.se/vardefulla-datamangder/v1",
    "https://portal.api.bolagsverket.se/oauth2/token",
)
TEST: Final = Addresses(
    "https://gw-accept2.api.bolagsverket.se/vardefulla-datamangder/v1",
    "https://portal-accept2.api.bolagsverket.se/oauth2/token",
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """What Bolagsverket handed out. The secret is never printed."""

    client_id: str
    client_secret: str = field(repr=False)


class AnnualReport(NamedTuple):
    """An annual report that Bolagsverket has: its document, the last day of its year, when it came in."""

    document_id: str
    period_end: str
    registered_on: str


class _Token(NamedTuple):
    text: str
    ends: datetime


class BolagsverketApi:
    """Asks Bolagsverket. One instance a process: it keeps the token and the pace (60 questions a minute)."""

    def __init__(self, asker: Asker, credentials: Credentials, *, addresses: Addresses = PRODUCTION) -> None:
        self._asker = asker
        self._credentials = credentials
        self._addresses = addresses
        self._token: _Token | None = None

    def facts(self, number: str) -> RegisterFacts:
        """What Bolagsverket and SCB say of a number now; a register that is down is an outcome, no error.

        Errors: ``RegisterRefused`` (registers.wrong_number) before anything is asked.
        """
        identity = _identity(number)
        shown = "" if orgnr.is_personal(identity) else identity
        try:
            reply = self._authorised("POST", "/organisationer", body={"identitetsbeteckning": identity})
            return organisation_answer.read(reply, identity, register=REGISTER)
        except NoAnswer as fault:
            return nothing(REGISTER, shown, outcome=Outcome.COULD_NOT_CHECK, reason=fault.reason)

    def annual_reports(self, number: str) -> tuple[AnnualReport, ...]:
        """The annual reports on file, the latest first.

        Errors: ``RegisterRefused`` for a number that is none or a person's; ``NoAnswer``.
        """
        identity = _identity(number)
        if orgnr.is_personal(identity):
            raise RegisterRefused("registers.person", "Private persons file no annual reports.")
        reply = self._authorised("POST", "/dokumentlista", body={"identitetsbeteckning": identity})
        listed = reply.value()
        found = listed.get("dokument") if isinstance(listed, dict) else None
        if not isinstance(found, list):
            raise NoAnswer("unexpected", "Bolagsverket's answer has another form than agreed.")
        reports = [_report(item) for item in found[:_REPORTS] if isinstance(item, dict)]
        return tuple(sorted(reports, key=lambda report: report.period_end, reverse=True))

    def is_alive(self) -> bool:
        """Whether the API answers us at all."""
        try:
            return self._authorised("GET", "/isalive").status == HTTPStatus.OK
        except NoAnswer:
            return False

    def _authorised(self, method: str, path: str, *, body: object = None) -> Reply:
        """The answer of status 200. A token that has been recalled is replaced once."""
        for _ in range(2):
            headers = {"Authorization": f"Bearer {self._fresh_token()}"}
            url = f"{self._addresses.api}{path}"
            reply = self._asker.ask(Question(method, url, json=body, headers=headers))
            if reply.status != HTTPStatus.UNAUTHORIZED:
                break
            self._token = None
        if reply.status != HTTPStatus.OK:
            raise _refused(reply)
        return reply

    def _fresh_token(self) -> str:
        now = self._asker.now()
        if self._token is None or self._token.ends <= now:
            self._token = self._new_token(now)
        return self._token.text

    def _new_token(self, now: datetime) -> _Token:
        form = {
            "grant_type": "client_credentials",
            "client_id": self._credentials.client_id,
            "client_secret": self._credentials.client_secret,
            "scope": _SCOPES,
        }
        reply = self._asker.ask(Question("POST", self._addresses.token, form=form))
        if reply.status != HTTPStatus.OK:
            raise NoAnswer(
                "credentials", f"Bolagsverket gave no access ({reply.status}): see the credentials."
            )
        given = reply.value()
        text = given.get("access_token") if isinstance(given, dict) else None
        if not isinstance(text, str) or not text.isascii() or not text.isprintable() or not text:
            raise NoAnswer("unexpected", "Bolagsverket's token has another form than agreed.")
        seconds = given.get("expires_in")
        lasts = timedelta(seconds=min(float(seconds), 86_400.0) if isinstance(seconds, int | float) else 0)
        return _Token(text, now + max(lasts - _EARLY, timedelta()))


def _identity(text: str) -> str:
    """What is sent: ten digits, twelve for a person. Errors: ``RegisterRefused`` for a wrong number."""
    number = orgnr.normalize(text)
    if number is None:
        raise RegisterRefused(
            "registers.wrong_number", "The number is no organisation number: its digits don't add up."
        )
    squeezed = squeeze(text)
    return squeezed if orgnr.is_personal(number) and len(squeezed) == 12 and squeezed.isdecimal() else number


def _report(item: dict[str, Any]) -> AnnualReport:
    return AnnualReport(
        *(
            str(item.get(key) or "")[:100]
            for key in ("dokumentId", "rapporteringsperiodTom", "registreringstidpunkt")
        )
    )


def _refused(reply: Reply) -> NoAnswer:
    detail = ""
    try:
        told = reply.value()
        detail = organisation_answer.plain(told.get("detail")) if isinstance(told, dict) else ""
    except NoAnswer:
        pass
    said = f": {detail}" if detail else "."
    return NoAnswer("refused", f"Bolagsverket did not answer the question ({reply.status}){said}")
