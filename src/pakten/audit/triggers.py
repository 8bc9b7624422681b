"""The database's own refusal to change the log: it protects against our bugs, checkpoints against people.

Used by the migration, and by the tests where they empty or damage the table on purpose.
"""

from __future__ import annotations

from typing import Any

_SQLITE_REFUSE = "BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
_SQLITE = {
    "audit_no_update": f"BEFORE UPDATE ON audit_entry {_SQLITE_REFUSE}",
    "audit_no_delete": f"BEFORE DELETE ON audit_entry {_SQLITE_REFUSE}",
    "audit_in_order": (
        "BEFORE INSERT ON audit_entry "
        "WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_entry) "
        "BEGIN SELECT RAISE(ABORT, 'the log has no gaps'); END"
    ),
}
_POSTGRESQL_FUNCTIONS = {
    "audit_refuse": "BEGIN RAISE EXCEPTION 'the log is append-only'; END",
    "audit_check_order": (
        "BEGIN IF NEW.sequence IS DISTINCT FROM (SELECT COALESCE(MAX(sequence), 0) + 1 FROM audit_entry) "
        "THEN RAISE EXCEPTION 'the log has no gaps'; END IF; RETURN NEW; END"
    ),
}
_POSTGRESQL = {
    "audit_no_update": "BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_no_truncate": "BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    "audit_in_order": "BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_check_order()",
}


def install(connection: Any) -> None:
    """Refuse UPDATE, DELETE, TRUNCATE and an INSERT out of order on the log's table."""
    remove(connection)
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, body in _POSTGRESQL_FUNCTIONS.items() if postgresql else ():
            cursor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
            )
        for name, body in (_POSTGRESQL if postgresql else _SQLITE).items():
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def remove(connection: Any) -> None:
    """Take the refusals away."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name in _POSTGRESQL if postgresql else _SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{' ON audit_entry' if postgresql else ''}")
