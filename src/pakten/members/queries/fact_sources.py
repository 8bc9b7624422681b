"""Where each column of an organisation's card comes from: the row keeps the newest source, the log all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from pakten.audit.queries import entries_for
from pakten.organisations.models import Organisation
from vandel.ids import orgnr

# Entries whose reason is the source of the columns in ``after``.
_TELL_SOURCE = tuple(f"organisations.organisation.{verb}" for verb in ("created", "received", "changed"))


class Source(NamedTuple):
    """Where a value comes from, in words, and when it was stored."""

    what: str
    recorded_at: datetime


def column_sources(organisation: Organisation, columns: Iterable[str]) -> dict[str, Source]:
    """Each column's source: that of the newest change to the value that stands, in one query.

    A value that an undone import brought back has the source that it had before. Where the log tells nothing
    of the column, the organisation's own source stands.
    """
    rows = entries_for(organisation).filter(action__in=_TELL_SOURCE)
    entries = list(rows.values_list("after", "reason", "at"))
    own = Source(organisation.source, organisation.recorded_at)
    return {name: _source(name, _logged(organisation, name), entries=entries) or own for name in columns}


def _source(name: str, value: Any, *, entries: list[tuple[Any, str, datetime]]) -> Source | None:
    told = [(after[name], Source(reason, at)) for after, reason, at in entries if after and name in after]
    newest = told[0][1] if told else None
    return next((source for kept, source in told if kept == value), newest)


def _logged(organisation: Organisation, name: str) -> Any:
    """The column's value as the log holds it."""
    value = getattr(organisation, name)
    return orgnr.mask(value) if name == "org_nr" and value else value
