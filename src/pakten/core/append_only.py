"""The database's own refusal to change a table's rows: they are added, and nothing else ever happens to them.

Installed by the area's migration, and anew after each later one (:mod:`pakten.project.guards`): SQLite takes
a table's triggers away when it writes the table anew. Taken away only where tests empty the tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

# What areas called theirs before they came here: taken away where a database is brought up to date.
_EARLIER = ("fixed", "kept", "no_update", "no_delete", "no_truncate")


@dataclass(frozen=True, slots=True)
class AppendOnly:
    """Refuses UPDATE, DELETE and TRUNCATE. Everything here is our own fixed words.

    ``says`` is the refusal. ``may_change``: columns that an UPDATE may write all the same, but where one of
    ``never`` holds. ``once``: only rows for which this holds are refused, such as those that are finished.
    """

    table: str
    says: str
    may_change: frozenset[str] = frozenset()
    never: tuple[str, ...] = ()
    once: str = ""

    def install(self, connection: Any) -> None:
        """Make the refusals, again where they are there."""
        self.remove(connection)
        postgresql = connection.vendor == "postgresql"
        call = (
            f"EXECUTE FUNCTION {self.table}_refuse()"
            if postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
        )
        conditions = {"UPDATE": self._changed(connection), "DELETE": self.once}
        with connection.cursor() as cursor:
            if postgresql:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {self.table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                    f"$$ BEGIN RAISE EXCEPTION '{self.says}'; END $$"
                )
                cursor.execute(f"CREATE TRIGGER {self.table}_truncate BEFORE TRUNCATE ON {self.table} {call}")
            for event, condition in conditions.items():
                when = f"WHEN ({condition}) " if condition else ""
                name = f"{self.table}_{event.lower()}"
                cursor.execute(
                    f"CREATE TRIGGER {name} BEFORE {event} ON {self.table} FOR EACH ROW {when}{call}"
                )

    def remove(self, connection: Any) -> None:
        """Take the refusals away."""
        on = f" ON {self.table}" if connection.vendor == "postgresql" else ""
        with connection.cursor() as cursor:
            for event in ("update", "delete", "truncate", *_EARLIER):
                cursor.execute(f"DROP TRIGGER IF EXISTS {self.table}_{event}{on}")

    def _changed(self, connection: Any) -> str:
        """When an UPDATE is refused; empty = always."""
        if not self.may_change:
            return self.once
        differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
        fixed = [name for name in self._columns(connection) if name not in self.may_change]
        changed = " OR ".join((*self.never, *(f'OLD."{name}" {differs} NEW."{name}"' for name in fixed)))
        return f"{self.once} AND ({changed})" if self.once else changed

    def _columns(self, connection: Any) -> list[str]:
        with connection.cursor() as cursor:
            description = connection.introspection.get_table_description(cursor, self.table)
        return [column.name for column in description]
