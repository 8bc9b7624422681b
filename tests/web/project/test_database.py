"""Both databases are as safe as we promise, and are asked so on every connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

from pakten.project.database import SQLITE_OPTIONS, database_settings

only_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="skipped: asks about SQLite")


@only_sqlite
def test_the_tests_run_on_a_file_with_our_options(db: None) -> None:
    assert Path(str(connection.settings_dict["NAME"])).is_file()
    with connection.cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}
    assert connection.transaction_mode == "IMMEDIATE"  # type: ignore[attr-defined]


@only_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_transaction_takes_the_write_lock_at_once() -> None:
    from django.db import transaction

    name = str(connection.settings_dict["NAME"])
    with transaction.atomic():
        other = sqlite3.connect(name, timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()


@pytest.fixture
def _closing() -> Iterator[list[DatabaseWrapper]]:
    opened: list[DatabaseWrapper] = []
    yield opened
    for wrapper in opened:
        wrapper.close()


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (
            {**SQLITE_OPTIONS, "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL"},
            "synchronous",
        ),
        ({**SQLITE_OPTIONS, "init_command": "PRAGMA synchronous=FULL"}, "journal_mode"),
        ({**SQLITE_OPTIONS, "timeout": 5}, "busy_timeout"),
        ({**SQLITE_OPTIONS, "transaction_mode": "DEFERRED"}, "transaction_mode"),
        ({}, "SQLite has"),
    ],
)
def test_a_connection_without_our_options_does_not_serve(
    db: None, tmp_path: Path, _closing: list[DatabaseWrapper], options: dict[str, object], complaint: str
) -> None:
    described = settings.DATABASES["default"] | database_settings(f"sqlite:///{tmp_path / 'other.sqlite3'}")
    wrapper = DatabaseWrapper({**described, "OPTIONS": options}, "other")
    _closing.append(wrapper)
    with pytest.raises(ImproperlyConfigured, match=complaint):
        wrapper.ensure_connection()


def test_no_page_view_is_a_transaction() -> None:
    assert not connection.settings_dict.get("ATOMIC_REQUESTS")


def test_an_address_of_sqlite() -> None:
    described = database_settings("sqlite:////srv/pakten/a%20b.sqlite3")
    assert described["NAME"] == "/srv/pakten/a b.sqlite3"
    assert described["OPTIONS"] == SQLITE_OPTIONS
    assert database_settings("sqlite:///var/x.sqlite3")["NAME"] == "var/x.sqlite3"


def test_an_address_of_postgresql() -> None:
    described = database_settings("postgresql://a:b%40c@db.example.invalid:6543/pakten")
    wanted = {"NAME": "pakten", "USER": "a", "PASSWORD": "b@c", "HOST": "db.example.invalid", "PORT": "6543"}
    assert {key: described[key] for key in wanted} == wanted
    assert described["OPTIONS"]["pool"]["max_size"] > 1
    assert database_settings("postgresql:///pakten")["HOST"] == ""


@pytest.mark.parametrize(
    "address", ["mysql://x/y", "", "pakten.sqlite3", "sqlite://pakten.sqlite3", "sqlite:///"]
)
def test_another_address_is_refused_without_telling_a_password(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="PAKTEN_DATABASE"):
        database_settings(address)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="skipped: asks about PostgreSQL")
def test_the_pool_serves(db: None) -> None:
    from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL

    options = database_settings("postgresql:///x")["OPTIONS"]
    wrapper = PostgreSQL({**connection.settings_dict, "OPTIONS": options}, "pooled")
    try:
        with wrapper.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)
    finally:
        wrapper.close()
        wrapper.close_pool()
