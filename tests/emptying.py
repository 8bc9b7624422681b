"""Tests with real transactions empty all tables afterwards; triggers rightly refuse that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import TransactionTestCase

from pakten.project.guards import GUARDS, install_all


@contextmanager
def log_may_be_emptied() -> Iterator[None]:
    """Between tests, take the triggers away while the tables are emptied."""
    flush = TransactionTestCase._fixture_teardown

    def without_triggers(self: TransactionTestCase) -> None:
        for _install, remove in GUARDS.values():
            remove(connection)
        try:
            flush(self)
        finally:
            install_all("default")

    TransactionTestCase._fixture_teardown = without_triggers
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush
