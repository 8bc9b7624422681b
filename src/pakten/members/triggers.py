"""The database's own refusal to change what was pledged: published texts, and each pledge's facts.

Used by the migration, and by the tests where they empty the tables. Installed anew after every migration
(:mod:`pakten.project.guards`), since one that makes SQLite write a table anew takes its triggers away. A
pledge's organisation is not fixed: it follows when two records of one organisation are merged.
"""

from __future__ import annotations

from typing import Any

_TEXT, _PLEDGE = "members_pledgetext", "members_pledge"
_FIXED = ("text_id", "given_by", "role", "identified", "given_at", "sha256")
_PUBLISHED = "OLD.state = 'published'"
# Name: table, event, condition.
_ROWS = {
    "members_text_fixed": (_TEXT, "UPDATE", _PUBLISHED),
    "members_text_kept": (_TEXT, "DELETE", _PUBLISHED),
    "members_pledge_fixed": (_PLEDGE, "UPDATE", ""),
    "members_pledge_kept": (_PLEDGE, "DELETE", "1 = 1"),
}
_SAYS = "what was pledged is never changed"


def install(connection: Any) -> None:
    """Refuse UPDATE and DELETE of published texts, of pledges' facts, and TRUNCATE of both tables."""
    remove(connection)
    postgresql = connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if postgresql else "IS NOT"
    changed = " OR ".join(f"OLD.{name} {differs} NEW.{name}" for name in _FIXED)
    body = "EXECUTE FUNCTION members_refuse()" if postgresql else f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION members_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
            )
        for name, (table, event, condition) in _ROWS.items():
            cursor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
                f"WHEN ({condition or changed}) {body}"
            )
        for table in (_TEXT, _PLEDGE) if postgresql else ():
            cursor.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {body}"
            )


def remove(connection: Any) -> None:
    """Take the refusals away."""
    postgresql = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        for name, (table, _, _) in _ROWS.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{f' ON {table}' if postgresql else ''}")
        for table in (_TEXT, _PLEDGE) if postgresql else ():
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_truncate ON {table}")
