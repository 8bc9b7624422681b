"""The database's own refusal to change a table's rows: they are added, and nothing else ever happens to them.

Installed by the area's migration, and anew after each later one (:mod:`pakten.project.guards`): SQLite takes
a table's triggers away when it writes the table anew. Taken away only where tests empty the tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """Refuses UPDATE, DELETE and TRUNCATE. ``table`` and ``says``, the refusal, are our own fixed words."""

    table: str
    says: str

    def install(self, connection: Any) -> None:
        """Make the refusals, again where they are there."""
        self.remove(connection)
        postgresql = connection.vendor == "postgresql"
        call = (
            f"EXECUTE FUNCTION {self.table}_refuse()"
            if postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
        )
        each = "FOR EACH ROW " if postgresql else ""
        with connection.cursor() as cursor:
            if postgresql:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {self.table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION '{self.says}'; END $$"
                )
                cursor.execute(f"CREATE TRIGGER {self.table}_truncate BEFORE TRUNCATE ON {self.table} {call}")
            for event in ("UPDATE", "DELETE"):
                name = f"{self.table}_{event.lower()}"
                cursor.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {self.table} {each}{call}")

    def remove(self, connection: Any) -> None:
        """Take the refusals away."""
        on = f" ON {self.table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            for event in ("update", "delete", "truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.table}_{event}{on}")
