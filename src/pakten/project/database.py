"""Database settings from one address, and the assertion that SQLite is as safe as we promise."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# IMMEDIATE takes the write lock at once, so that the time-out applies instead of "database is locked";
# FULL syncs at each commit, so that an acknowledged decision survives a power loss.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
}
SQLITE_EXPECTED = {"synchronous": 2, "foreign_keys": 1, "busy_timeout": 20_000}


def database_settings(address: str) -> dict[str, Any]:
    """Django's settings for ``sqlite:///path`` or ``postgresql://user:password@host:port/name``.

    An empty host means the local socket. Raises ImproperlyConfigured for any other address.
    """
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": parts.path[1:], "OPTIONS": dict(SQLITE_OPTIONS)}
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {},
        }
    raise ImproperlyConfigured(f"PAKTEN_DATABASE has an unknown form: {parts.scheme or address}://...")


def assert_safe_sqlite(connection: Any) -> None:
    """Raise ImproperlyConfigured unless this SQLite connection has the options we promise."""
    with connection.cursor() as cursor:
        for pragma, expected in SQLITE_EXPECTED.items():
            found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if found != expected:
                raise ImproperlyConfigured(f"SQLite has {pragma}={found}, expected {expected}")
