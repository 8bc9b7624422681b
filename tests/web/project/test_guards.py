"""What the database itself refuses to change stays refused, whatever a migration did to the table."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection

import pakten
from pakten.project.guards import GUARDS

_ASKED = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'outside%'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname NOT LIKE 'outside%'",
}


def refusals() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(_ASKED[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def test_every_area_with_triggers_is_guarded() -> None:
    areas = {path.parent.name for path in Path(pakten.__file__).parent.glob("*/triggers.py")}
    assert areas == set(GUARDS)


@pytest.mark.django_db
@pytest.mark.parametrize("area", GUARDS)
def test_a_migration_that_lost_them_gets_them_back(area: str) -> None:
    """As when SQLite has written the area's tables anew."""
    before = refusals()
    GUARDS[area][1](connection)
    assert refusals() < before
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert refusals() == before


@pytest.mark.django_db
def test_an_area_without_its_tables_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the migrations are run back to before the area was there."""
    without = [name for name in connection.introspection.table_names() if not name.startswith("decisions_")]
    GUARDS["decisions"][1](connection)
    before = refusals()
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_: without)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    assert refusals() == before
