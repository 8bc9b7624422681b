"""Registers asked over the network: which are connected, by environment variables, and one client of each.

``PAKTEN_BOLAGSVERKET`` (``id:secret``; with ``PAKTEN_BOLAGSVERKET_TEST=1`` the test environment) and
``PAKTEN_GLEIF=1``. One instance in each process keeps the token and the pace (60 questions a minute).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import httpx
from django.conf import settings
from django.utils import timezone

from vandel.ids import orgnr
from vandel.registers.catalogue import ANSWER_DAYS
from vandel.registers.facts import Outcome, RegisterFacts, nothing
from vandel.registers.online import (
    PRODUCTION,
    TEST,
    Asker,
    BolagsverketApi,
    Credentials,
    GleifApi,
    Pacing,
    Patience,
)

# A control waits for its registers in a job, and the job for nobody longer than this a try.
_PATIENCE = Patience(tries=3, longest_wait=30.0)


@dataclass(frozen=True, slots=True)
class Api:
    """A register that is asked. ``ask`` None: it is not connected, and ``needs`` says what is missing.

    ``knows_persons``: it answers for sole traders too, of whom form and standing are kept and nothing else.
    ``answer_days``: so long does an answer hold before it must be asked again.
    """

    register_id: str
    title: str
    publisher: str
    needs: str
    ask: Callable[[str], RegisterFacts] | None
    knows_persons: bool = False
    answer_days: int = ANSWER_DAYS

    @property
    def is_connected(self) -> bool:
        """For templates, which would call ``ask`` and find nothing."""
        return self.ask is not None


def apis() -> list[Api]:
    """Every API that we can ask, connected or not."""
    bolagsverket = _bolagsverket(settings.BOLAGSVERKET, test=settings.BOLAGSVERKET_TEST)
    gleif = _gleif() if settings.GLEIF else None
    return [
        Api(
            "bolagsverket-api",
            "Bolagsverkets API, värdefulla datamängder",
            "Bolagsverket och SCB",
            "PAKTEN_BOLAGSVERKET",
            bolagsverket.facts if bolagsverket else None,
            knows_persons=True,
        ),
        Api(
            "gleif-api",
            "GLEIF:s API: LEI och moderbolag",
            "GLEIF",
            "PAKTEN_GLEIF",
            _of_organisations(gleif) if gleif else None,
        ),
    ]


def connected() -> list[tuple[Api, Callable[[str], RegisterFacts]]]:
    """Those that are connected, with how to ask."""
    return [(api, api.ask) for api in apis() if api.ask is not None]


def _of_organisations(gleif: GleifApi) -> Callable[[str], RegisterFacts]:
    def ask(number: str) -> RegisterFacts:
        if orgnr.is_personal(number):
            reason = "Privatpersoners nummer frågar vi inte GLEIF om."
            return nothing("gleif-api", "", outcome=Outcome.COULD_NOT_CHECK, reason=reason)
        return gleif.by_orgnr(number)

    return ask


@cache
def _bolagsverket(credentials: str, *, test: bool) -> BolagsverketApi | None:
    client_id, _, secret = credentials.partition(":")
    if not client_id or not secret:
        return None
    return BolagsverketApi(_asker(), Credentials(client_id, secret), addresses=TEST if test else PRODUCTION)


@cache
def _gleif() -> GleifApi:
    return GleifApi(_asker())


def _asker() -> Asker:
    return Asker(
        httpx.Client(),
        Pacing(time.monotonic, time.sleep),
        now=timezone.now,
        clock=time.monotonic,
        sleep=time.sleep,
        patience=_PATIENCE,
    )
