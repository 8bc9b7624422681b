"""The editions in force, open for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from pakten.organisations.models import RegisterInForce
from vandel.registers.book import RegisterBook
from vandel.registers.register_store import RegisterStore


def store() -> RegisterStore:
    """Where editions lie, shared with the command line. Cheap to make."""
    return RegisterStore(settings.REGISTER_STORE)


def in_force() -> list[RegisterInForce]:
    """The registers that have an edition, in the catalogue's order, then the city's own."""
    rows = {row.register_id: row for row in RegisterInForce.objects.exclude(edition_id="")}
    known = [rows.pop(register_id) for register_id in store().sources() if register_id in rows]
    return [*known, *rows.values()]


@contextmanager
def opened(row: RegisterInForce) -> Iterator[RegisterBook]:
    """The edition that the row points at. Raises RegisterRefused when it is damaged or gone."""
    with store().open(row.register_id, row.edition_id) as book:
        yield book
