"""The database's own refusal to change a decision: its facts never, nothing at all once it is in force.

Used by its migration and after each later one: SQLite drops a table's triggers when it writes the table anew.
"""

from __future__ import annotations

from typing import Any

TABLE = "decisions_decision"
# What may be written while a decision waits for the second person; the rest is fixed from the start.
_MAY_CHANGE = {"state", "second_by_id", "second_at", "second_reason", "record_id", "version"}
_SAYS = "a decision is never changed"


def install(connection: Any) -> None:
    """Refuse UPDATE of facts or of a settled decision, DELETE and TRUNCATE."""
    remove(connection)
    fixed = [name for name in _columns_of(connection) if name not in _MAY_CHANGE]
    statements = _postgresql(fixed) if connection.vendor == "postgresql" else _sqlite(fixed)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the refusals away."""
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in ("decisions_fixed", "decisions_kept", "decisions_no_truncate"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def _columns_of(connection: Any) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, TABLE)]


def _sqlite(fixed: list[str]) -> list[str]:
    changed = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in fixed)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    return [
        f"CREATE TRIGGER decisions_fixed BEFORE UPDATE ON {TABLE} "
        f"WHEN OLD.state <> 'awaiting_second' OR {changed} {refuse}",
        f"CREATE TRIGGER decisions_kept BEFORE DELETE ON {TABLE} {refuse}",
    ]


def _postgresql(fixed: list[str]) -> list[str]:
    changed = " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in fixed)
    call = "EXECUTE FUNCTION decisions_refuse()"
    return [
        "CREATE OR REPLACE FUNCTION decisions_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$",
        f"CREATE TRIGGER decisions_fixed BEFORE UPDATE ON {TABLE} FOR EACH ROW "
        f"WHEN (OLD.state <> 'awaiting_second' OR {changed}) {call}",
        f"CREATE TRIGGER decisions_kept BEFORE DELETE ON {TABLE} FOR EACH ROW {call}",
        f"CREATE TRIGGER decisions_no_truncate BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT {call}",
    ]
