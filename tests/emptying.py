"""Tests with real transactions empty all tables afterwards; triggers rightly refuse that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.core.management.commands import flush as flush_command
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
            with mock.patch.object(flush_command, "sql_flush", emptying):
                flush(self)
        finally:
            install_all("default")

    TransactionTestCase._fixture_teardown = without_triggers
    try:
        yield
    finally:
        TransactionTestCase._fixture_teardown = flush


def emptying(_style: Any, connection: Any, **_options: Any) -> list[str]:
    """Statements that empty the tables that hold rows, in any order: foreign keys are asked at the end.

    Django would empty all, and PostgreSQL takes seconds to truncate a hundred tables without a row.
    """
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    quoted = {table: connection.ops.quote_name(table) for table in tables}
    asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name})" for table, name in quoted.items())
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [f"DELETE FROM {quoted[table]}" for (table,) in cursor.fetchall()]
