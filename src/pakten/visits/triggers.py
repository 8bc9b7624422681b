"""The database's own refusal to change a visit that is made, what it read, or what a person said of it.

What may still be written: to whom a visit belongs (two records were the same organisation), and that the
package was disposed of by decision. Used by the migration and after each later one.
"""

from __future__ import annotations

from typing import Any

from pakten.core.append_only import AppendOnly

VISIT = "visits_visit"
_SAYS = "a visit is never changed"
_MADE = "OLD.state = 'finished'"
_GUARDS = (
    AppendOnly(
        VISIT,
        _SAYS,
        may_change=frozenset({"organisation_id", "archive", "disposed_at", "disposal_decision", "job_id"}),
        once=_MADE,
    ),
    AppendOnly("visits_visitfile", _SAYS, may_change=frozenset({"file"})),
    AppendOnly("visits_visitpage", _SAYS),
    AppendOnly("visits_foundstatement", _SAYS),
    AppendOnly("visits_statementjudgement", _SAYS),
    AppendOnly("visits_belongingjudgement", _SAYS),
    AppendOnly("visits_seenitem", _SAYS),
)
# Nothing is added to these once their visit is made.
_CLOSED = ("visits_visitpage", "visits_foundstatement", "visits_seenitem", "visits_visitfile")
_STATE = f"SELECT state FROM {VISIT} WHERE id = NEW.visit_id"  # noqa: S608 - our own words


def install(connection: Any) -> None:
    """Refuse UPDATE of what is made, DELETE and TRUNCATE, and INSERT of parts into a visit that is made."""
    remove(connection)
    for guard in _GUARDS:
        guard.install(connection)
    with connection.cursor() as cursor:
        for statement in _closing(connection):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the refusals away."""
    for guard in _GUARDS:
        guard.remove(connection)
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for table in _CLOSED:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_closed{f' ON {table}' if postgresql else ''}")


def _closing(connection: Any) -> list[str]:
    if connection.vendor != "postgresql":
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
        return [
            f"CREATE TRIGGER {table}_closed BEFORE INSERT ON {table} WHEN ({_STATE}) = 'finished' {refuse}"
            for table in _CLOSED
        ]
    refuse = (
        "CREATE OR REPLACE FUNCTION visits_refuse_closed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF ({_STATE}) = 'finished' THEN RAISE EXCEPTION '{_SAYS}'; END IF; RETURN NEW; END $$"
    )
    triggers = (
        f"CREATE TRIGGER {table}_closed BEFORE INSERT ON {table} FOR EACH ROW "
        "EXECUTE FUNCTION visits_refuse_closed()"
        for table in _CLOSED
    )
    return [refuse, *triggers]
