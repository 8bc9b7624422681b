"""Triggers that note each change which did not come through the application.

Our own connections carry a mark that another program's do not have: on PostgreSQL a setting of the session,
on SQLite a peculiar size of the page cache. It tells what was done by hand from what was done here; it stops
nobody who knows of it and wants to hide, which is what checkpoints of the log are for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from pakten.audit.marks import SQLITE_MARK

_NOTES = "audit_outsidechange"
_LEFT_OUT = {"audit.entry", "audit.outsidechange"}
# Rows that are work under way, not facts: nobody asks who changed them.
_PASSING_AREAS = {"jobs"}
_OPERATIONS = ("INSERT", "UPDATE", "DELETE")
_COLUMNS = "table_name, row_key, operation, columns, at, by_whom"


def watched() -> list[type[Model]]:
    """The tables that are watched: all of ours, but for the log's own and those of work under way."""
    return [
        model
        for config in apps.get_app_configs()
        if config.name.startswith("pakten.") and config.label not in _PASSING_AREAS
        for model in config.get_models(include_auto_created=True)
        if model._meta.label_lower not in _LEFT_OUT and model._meta.managed
    ]


def install(connection: Any) -> None:
    """Make the triggers that are missing, and remove those that no longer fit."""
    tables = set(connection.introspection.table_names())
    if _NOTES not in tables:
        return
    wanted = dict(_triggers(connection, tables))
    there = _installed(connection)
    with connection.cursor() as cursor:
        for name in there.keys() - wanted.keys():
            _drop(cursor, connection, name=name, table=there[name])
        if connection.vendor == "postgresql" and wanted.keys() - there.keys():
            cursor.execute(_POSTGRESQL_FUNCTION)
        for name in wanted.keys() - there.keys():
            cursor.execute(wanted[name])


def remove(connection: Any) -> None:
    """Take all of them away: a migration may need to change a column that a trigger names."""
    with connection.cursor() as cursor:
        for name, table in _installed(connection).items():
            _drop(cursor, connection, name=name, table=table)


def _triggers(connection: Any, tables: set[str]) -> Iterator[tuple[str, str]]:
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    for model in watched():
        if model._meta.db_table in tables:
            for operation in _OPERATIONS:
                body = make(model, operation)
                digest = hashlib.sha256(body.encode()).hexdigest()[:16]
                name = f"outside_{digest}"
                yield name, f"CREATE TRIGGER {name} {body}"


def _sqlite(model: type[Model], operation: str) -> str:
    table, key = model._meta.db_table, _key(model)
    row = "OLD" if operation == "DELETE" else "NEW"
    changed = "''"
    if operation == "UPDATE":
        told = (f"CASE WHEN OLD.\"{c}\" IS NOT NEW.\"{c}\" THEN '{c} ' ELSE '' END" for c in _names(model))
        changed = f"TRIM({' || '.join(told)})"
    return (
        f'AFTER {operation} ON "{table}" WHEN (SELECT cache_size FROM pragma_cache_size) <> {SQLITE_MARK} '  # noqa: S608
        f"BEGIN INSERT INTO {_NOTES} ({_COLUMNS}) VALUES ('{table}', CAST({row}.\"{key}\" AS TEXT), "
        f"'{operation.lower()}', {changed}, strftime('%Y-%m-%d %H:%M:%f', 'now'), ''); END"
    )


def _postgresql(model: type[Model], operation: str) -> str:
    return (
        f'AFTER {operation} ON "{model._meta.db_table}" FOR EACH ROW '
        "WHEN (current_setting('pakten.inside', true) IS DISTINCT FROM 'yes') "
        f"EXECUTE FUNCTION audit_note_outside('{_key(model)}')"
    )


_POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_note_outside() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public AS $$
DECLARE
  was jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
  now_is jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
  changed text := '';
BEGIN
  IF TG_OP = 'UPDATE' THEN
    SELECT COALESCE(string_agg(key, ' '), '') INTO changed
      FROM jsonb_each(now_is) WHERE value IS DISTINCT FROM was -> key;
  END IF;
  INSERT INTO {_NOTES} ({_COLUMNS}) VALUES (TG_TABLE_NAME, COALESCE(now_is, was) ->> TG_ARGV[0],
    lower(TG_OP), changed, clock_timestamp(), session_user);
  RETURN NULL;
END $$"""  # noqa: S608


def _installed(connection: Any) -> dict[str, str]:
    """The triggers that are there, and the table of each."""
    if connection.vendor == "postgresql":
        asked = (
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE NOT t.tgisinternal AND t.tgname LIKE 'outside\\_%%'"
        )
    else:
        asked = (
            "SELECT name, tbl_name FROM sqlite_master "
            "WHERE type = 'trigger' AND name LIKE 'outside#_%%' ESCAPE '#'"
        )
    with connection.cursor() as cursor:
        cursor.execute(asked, [])
        return dict(cursor.fetchall())


def _drop(cursor: Any, connection: Any, *, name: str, table: str) -> None:
    where = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    cursor.execute(f"DROP TRIGGER IF EXISTS {name}{where}")


def _key(model: type[Model]) -> str:
    assert model._meta.pk is not None
    return str(model._meta.pk.column)


def _names(model: type[Model]) -> list[str]:
    return [str(field.column) for field in model._meta.local_concrete_fields]
