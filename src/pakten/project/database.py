"""Database settings from one address, and the assertion that SQLite is as safe as we promise."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from pakten.audit.marks import POSTGRESQL_MARK, SQLITE_MARK

# IMMEDIATE takes the write lock at once, so that the time-out applies instead of "database is locked";
# FULL syncs at each commit, so that an acknowledged decision survives a power loss.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        f"PRAGMA cache_size={SQLITE_MARK}"
    ),
}
SQLITE_EXPECTED: dict[str, int | str] = {
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 20_000,
    "cache_size": SQLITE_MARK,
}

# Enough for the threads of one worker process; a request waits at most this many seconds for a connection.
POOL_OPTIONS: dict[str, Any] = {"min_size": 1, "max_size": 8, "timeout": 10}


def database_settings(address: str) -> dict[str, Any]:
    """Django's settings for ``sqlite:///path`` or ``postgresql://user:password@host:port/name``.

    An empty host means the local socket. Raises ImproperlyConfigured for any other address.
    """
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        if len(parts.path) < 2 or parts.netloc:
            raise ImproperlyConfigured("PAKTEN_DATABASE needs three slashes and a path: sqlite:///path")
        name = unquote(parts.path[1:])
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "OPTIONS": dict(SQLITE_OPTIONS)}
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": dict(POOL_OPTIONS), "options": POSTGRESQL_MARK},
        }
    raise ImproperlyConfigured(f"PAKTEN_DATABASE has an unknown form: {parts.scheme or address}://...")


def assert_safe_sqlite(connection: Any) -> None:
    """Raise ImproperlyConfigured unless this SQLite connection has the options we promise.

    A database in memory has no write-ahead log, and loses nothing that was promised to be kept.
    """
    kept: dict[str, int | str] = {} if connection.is_in_memory_db() else {"journal_mode": "wal"}
    expected = kept | SQLITE_EXPECTED
    with connection.cursor() as cursor:
        for pragma, wanted in expected.items():
            found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if found != wanted:
                raise ImproperlyConfigured(f"SQLite has {pragma}={found}, expected {wanted}")
    if connection.transaction_mode != "IMMEDIATE":
        raise ImproperlyConfigured(
            f"SQLite has transaction_mode={connection.transaction_mode}, not IMMEDIATE"
        )


def on_connection(sender: Any, connection: Any, **_: Any) -> None:
    """For Django's signal ``connection_created``: no SQLite connection serves without our options."""
    if connection.vendor == "sqlite":
        assert_safe_sqlite(connection)
