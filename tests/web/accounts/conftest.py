"""Somebody who can sign in, and what the log then says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from tests.people import person

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry

PASSWORD = "fyra blå hästar i regn"


@pytest.fixture(autouse=True)
def _nothing_counted(db: None) -> None:
    cache.clear()


@pytest.fixture
def hanna(officer: User) -> User:
    """A case officer with a password."""
    officer.set_password(PASSWORD)
    officer.save()
    return officer


@pytest.fixture
def kim(db: None) -> User:
    """A member's contact with an address and no password."""
    user = person(Role.MEMBER_CONTACT)
    user.email = "kim@exempel.example"
    user.set_unusable_password()
    user.save()
    return user


@pytest.fixture
def told() -> Callable[[], list[tuple[str, Any]]]:
    """The log, oldest first: action and what became."""
    return lambda: list(Entry.objects.order_by("sequence").values_list("action", "after"))
