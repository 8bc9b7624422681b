"""The database's own refusal to change a frozen figure.

Used by the migration, and by the tests where they empty the table. Installed anew after every migration
(:mod:`pakten.project.guards`), since one that makes SQLite write the table anew takes the triggers away.
"""

from __future__ import annotations

from typing import Any

TABLE = "figures_frozenfigure"
_SAYS = "a frozen figure is never changed"
_NAMES = ("figures_frozen_update", "figures_frozen_delete", "figures_frozen_truncate")


def install(connection: Any) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE."""
    remove(connection)
    postgresql = connection.vendor == "postgresql"
    call = "EXECUTE FUNCTION figures_refuse()" if postgresql else f"BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
    each = "FOR EACH ROW " if postgresql else ""
    with connection.cursor() as cursor:
        if postgresql:
            cursor.execute(
                "CREATE OR REPLACE FUNCTION figures_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
            )
        for name, event in zip(_NAMES, ("UPDATE", "DELETE"), strict=False):
            cursor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} {each}{call}")
        if postgresql:
            cursor.execute(f"CREATE TRIGGER {_NAMES[2]} BEFORE TRUNCATE ON {TABLE} {call}")


def remove(connection: Any) -> None:
    """Take the refusals away."""
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _NAMES:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
