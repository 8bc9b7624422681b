"""Fetching the lists in use by the clock, each as often as the catalogue says that it is to be looked at."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from django.conf import settings

from pakten.checks.queries.lists import ListLine, list_lines
from pakten.checks.refusals import ChecksRefused
from pakten.checks.services import editions
from pakten.core.sentences import in_swedish
from pakten.watching.queries.halts import check_running
from vandel.errors import InputError

# Looked at again when so much of the time until the first warning has passed.
_SHARE = 0.75


def due() -> list[ListLine]:
    """Lists in use whose last look at the issuer is soon too old; where a file waits, a person is next."""
    if not settings.FETCH_LISTS:
        return []
    return [
        line
        for line in list_lines()
        if line.in_use
        and line.source.address
        and not (line.row and line.row.held)
        and (line.age_hours is None or line.age_hours >= _SHARE * line.source.warn_after_hours)
    ]


def anything_due() -> bool:
    """Whether the clock is to fetch now."""
    return bool(due())


def fetch_due(*, tell: Callable[[int, int], None], client: httpx.Client | None = None) -> str:
    """Fetch each; how it went in words. A list that could not be fetched leaves the others alone.

    Its own page and the home page say so. Raises Stopped when the stop button is pressed meanwhile.
    """
    lines, told = due(), []
    for done, line in enumerate(lines):
        check_running()
        tell(done, len(lines))
        told.append(f"{line.title}: {_fetched(line, client)}")
    tell(len(lines), len(lines))
    return " ".join(told) or "Ingen lista behövde hämtas."


def _fetched(line: ListLine, client: httpx.Client | None) -> str:
    before = line.edition
    try:
        edition = editions.fetch(line.list_id, actor=None, client=client)
    except ChecksRefused as refused:
        return f"hämtades inte. {refused.sentence}"
    except InputError as error:
        return f"hämtades inte. {in_swedish(error)}"
    return "oförändrad." if before and before.pk == edition.pk else f"ny utgåva, {edition.entries} poster."
