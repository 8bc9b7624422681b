"""What this machine has: a PostgreSQL server that answers, a Chromium. And what the run requires."""

import os
import shutil
import subprocess
from functools import cache

import psycopg
from playwright._impl._driver import compute_driver_executable

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def required() -> set[str]:
    """What ``PAKTEN_REQUIRE`` names (``postgresql``, ``browser``): missing, it fails the run."""
    return set(os.environ.get("PAKTEN_REQUIRE", "").replace(",", " ").split())


def wants_postgresql() -> bool:
    """Is this the run on PostgreSQL?"""
    return os.environ.get("PAKTEN_TEST_DATABASE", "sqlite") == "postgresql"


@cache
def postgresql_address() -> str | None:
    """The address of a server where we may make databases, or None."""
    named = os.environ.get("PAKTEN_TEST_POSTGRES")
    candidates = (
        [named]
        if named
        else [
            "postgresql:///postgres",
            "postgresql://postgres@127.0.0.1:5432/postgres",
            "postgresql://postgres:postgres@127.0.0.1:5432/postgres",
        ]
    )
    return next(filter(_may_make_databases, candidates), None)


def chromium() -> str | None:
    """The path of a Chromium, from ``PAKTEN_CHROMIUM`` or the usual names, or None."""
    names = [os.environ["PAKTEN_CHROMIUM"]] if "PAKTEN_CHROMIUM" in os.environ else CHROMIUM_NAMES
    return next((path for name in names if (path := shutil.which(name))), None)


@cache
def no_browser_because() -> str | None:
    """Why there can be no browser tests on this machine, or None."""
    if not chromium():
        return "no Chromium (chromium, chromium-browser, google-chrome or PAKTEN_CHROMIUM)"
    done = subprocess.run([*compute_driver_executable(), "--version"], capture_output=True, text=True)
    return f"the browser's driver does not start: {done.stderr.strip()}" if done.returncode else None


def _may_make_databases(address: str) -> bool:
    try:
        with psycopg.connect(address, connect_timeout=2) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])
