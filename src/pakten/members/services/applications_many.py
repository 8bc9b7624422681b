"""One thing done with many applications: each is its own service call, and each says how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.core.exceptions import PermissionDenied

from pakten.accounts.models import User
from pakten.members.models import Application
from pakten.members.services.applications_handling import assign, start_control
from pakten.organisations.refusals import Refused
from pakten.records.refusals import RecordsRefused

# More than a page of the list at a time is not chosen by hand.
MOST = 200


class Done(NamedTuple):
    """How it went with one: ``refused`` says why not, empty where it was done."""

    application: Application
    refused: str = ""


def assign_many(applications: Iterable[Application], handler: User, *, actor: User) -> list[Done]:
    """Give each to ``handler``."""

    def give(application: Application) -> None:
        version = application.version
        assign(application, handler, actor=actor, expected_version=version)

    return _each(applications, give)


def start_many(applications: Iterable[Application], *, actor: User) -> list[Done]:
    """Begin the control of each; those without handler become the actor's."""

    def begin(application: Application) -> None:
        start_control(application, actor=actor, expected_version=application.version)

    return _each(applications, begin)


def _each(applications: Iterable[Application], act: Callable[[Application], None]) -> list[Done]:
    return [_one(application, act) for application in applications]


def _one(application: Application, act: Callable[[Application], None]) -> Done:
    try:
        act(application)
    except (Refused, RecordsRefused) as refusal:
        return Done(application, refusal.sentence)
    except PermissionDenied as denied:
        return Done(application, str(denied))
    return Done(application)
