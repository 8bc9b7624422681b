"""Reads: how the latest self-tests went."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from pakten.watching.models import Outcome, SelfTest

# A day and some hours: the test is made each night.
SILENT = timedelta(hours=36)


def selftests() -> QuerySet[SelfTest]:
    """All self-tests, the latest first."""
    return SelfTest.objects.order_by("-pk")


def latest() -> SelfTest | None:
    """The latest one."""
    return selftests().first()


def alarm() -> SelfTest | None:
    """The latest test that found or missed something, where it missed: it holds until a later one passes."""
    said = selftests().exclude(outcome=Outcome.COULD_NOT).first()
    return said if said and said.outcome == Outcome.MISSED else None


def is_silent(test: SelfTest | None) -> bool:
    """Whether nobody knows that the control finds what it must: no test, none lately, or it could not run."""
    if test is None or test.outcome == Outcome.COULD_NOT:
        return True
    return timezone.now() - test.at > SILENT
