"""The database's own refusal to change what a deviation rests on: its history, evidence and comments.

A copy may be emptied once, by a disposal decision; its digest and where it came from stay. Used by its
migration, and installed anew after every later one (:mod:`pakten.project.guards`).
"""

from __future__ import annotations

from typing import Any

TABLES = ("deviations_historyrow", "deviations_evidence", "deviations_comment")
_EVIDENCE = "deviations_evidence"
# What a disposal empties or writes; the rest is fixed.
_DISPOSAL = {"facts", "title", "disposal_decision", "disposed_at"}
_SAYS = "what was written of a deviation is never changed"


def install(connection: Any) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE of the three tables."""
    remove(connection)
    postgresql = connection.vendor == "postgresql"
    body = (
        "EXECUTE FUNCTION deviations_refuse()" if postgresql else f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    )
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION deviations_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
            )
        for table in TABLES:
            when = _unless_disposed(connection) if table == _EVIDENCE else ""
            cursor.execute(_row_trigger(table, "UPDATE", condition=when, body=body))
            cursor.execute(_row_trigger(table, "DELETE", condition="", body=body))
            if postgresql:
                name = _name(table, "TRUNCATE")
                cursor.execute(f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {body}")


def remove(connection: Any) -> None:
    """Take the refusals away."""
    with connection.cursor() as cursor:
        for table in TABLES:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            for event in ("UPDATE", "DELETE", "TRUNCATE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {_name(table, event)}{on}")


def _row_trigger(table: str, event: str, *, condition: str, body: str) -> str:
    when = f"WHEN ({condition}) " if condition else ""
    return f"CREATE TRIGGER {_name(table, event)} BEFORE {event} ON {table} FOR EACH ROW {when}{body}"


def _unless_disposed(connection: Any) -> str:
    """True for every change of a piece of evidence but its disposal, which happens once."""
    with connection.cursor() as cursor:
        columns = [each.name for each in connection.introspection.get_table_description(cursor, _EVIDENCE)]
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    changed = [f'OLD."{name}" {differs} NEW."{name}"' for name in columns if name not in _DISPOSAL]
    # Emptied, and never filled with something else.
    fixed = ["OLD.disposal_decision <> ''", "NEW.disposal_decision = ''", "NEW.facts <> '{}'"]
    return " OR ".join([*fixed, *changed])


def _name(table: str, event: str) -> str:
    return f"{table}_no_{event.lower()}"
