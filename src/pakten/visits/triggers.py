"""The database's own refusal to change a visit that is made, what it read, or what a person said of it.

What may still be written: to whom a visit belongs (two records were the same organisation), and that the
package was disposed of by decision. Used by the migration and after each later one.
"""

from __future__ import annotations

from typing import Any

VISIT = "visits_visit"
_MAY_CHANGE = {"organisation_id", "archive", "disposed_at", "disposal_decision", "job_id"}
# Rows that stand as they were written, with the columns that may still change.
_KEPT: dict[str, set[str]] = {
    "visits_visitpage": set(),
    "visits_foundstatement": set(),
    "visits_statementjudgement": set(),
    "visits_belongingjudgement": set(),
    "visits_seenitem": set(),
    "visits_visitfile": {"file"},
}
# Nothing is added to these once their visit is made.
_CLOSED = ("visits_visitpage", "visits_foundstatement", "visits_seenitem", "visits_visitfile")
_STATE = f"SELECT state FROM {VISIT} WHERE id = NEW.visit_id"  # noqa: S608 - our own words
_SAYS = "a visit is never changed"


def install(connection: Any) -> None:
    """Refuse UPDATE of what is made, DELETE and TRUNCATE, and INSERT of parts into a visit that is made."""
    remove(connection)
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    with connection.cursor() as cursor:
        for statement in make(connection):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the refusals away."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table in (VISIT, *_KEPT):
            for kind in ("fixed", "kept", "closed", "no_truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{kind}{f' ON {table}' if postgresql else ''}")


def _columns(connection: Any, table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _fixed(connection: Any) -> list[tuple[str, list[str], str]]:
    """Each table with the columns that are fixed, and from when on."""
    rows = [(VISIT, _MAY_CHANGE, "OLD.state = 'finished'")]
    rows += [(table, free, "") for table, free in _KEPT.items()]
    return [
        (table, [name for name in _columns(connection, table) if name not in free], when)
        for table, free, when in rows
    ]


def _sqlite(connection: Any) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    made = []
    for table, columns, when in _fixed(connection):
        changed = " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)
        told = f"{when} AND ({changed})" if when else changed
        gone = f"WHEN {when} " if when else ""
        made.append(f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} WHEN {told} {refuse}")
        made.append(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} {gone}{refuse}")
    made += [
        f"CREATE TRIGGER {table}_closed BEFORE INSERT ON {table} WHEN ({_STATE}) = 'finished' {refuse}"
        for table in _CLOSED
    ]
    return made


def _postgresql(connection: Any) -> list[str]:
    call = "EXECUTE FUNCTION visits_refuse()"
    made = [
        "CREATE OR REPLACE FUNCTION visits_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$",
        "CREATE OR REPLACE FUNCTION visits_refuse_closed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF ({_STATE}) = 'finished' "
        f"THEN RAISE EXCEPTION '{_SAYS}'; END IF; RETURN NEW; END $$",
    ]
    for table, columns, when in _fixed(connection):
        changed = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in columns)
        told = f"{when} AND ({changed})" if when else changed
        gone = f"WHEN ({when}) " if when else ""
        made += [
            f"CREATE TRIGGER {table}_fixed BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({told}) {call}",
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} FOR EACH ROW {gone}{call}",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
        ]
    made += [
        f"CREATE TRIGGER {table}_closed BEFORE INSERT ON {table} FOR EACH ROW "
        "EXECUTE FUNCTION visits_refuse_closed()"
        for table in _CLOSED
    ]
    return made
