"""What all tests share: real data where it is, and honest words where something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from tests import servers

# How long an example takes says how busy the machine is; time is measured in bench/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real public files beside the repository."""
    if not SHARED_DATA.is_dir():
        pytest.skip("skipped: no shared data")
    return SHARED_DATA


def pytest_configure(config: pytest.Config) -> None:
    """A run that requires what is not there fails at once, with one line."""
    if servers.wants_postgresql() and not servers.postgresql_address() and "postgresql" in servers.required():
        raise pytest.UsageError("PAKTEN_REQUIRE names postgresql, but no PostgreSQL server answers")
    if "browser" in servers.required() and (reason := servers.no_browser_because()):
        raise pytest.UsageError(f"PAKTEN_REQUIRE names browser, but: {reason}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The PostgreSQL run without a server reports each test as skipped."""
    if servers.wants_postgresql() and not servers.postgresql_address():
        missing = pytest.mark.skip(reason="skipped: no PostgreSQL server answers")
        for item in items:
            item.add_marker(missing)
