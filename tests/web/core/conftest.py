"""A client that checks every page it gets."""

from __future__ import annotations

import pytest
from tests.web.pages import CheckedClient

from pakten.accounts.models import User


@pytest.fixture
def checked(officer: User) -> CheckedClient:
    """Signed in as a case officer."""
    client = CheckedClient()
    client.force_login(officer)
    return client
