"""Changing a person's roles must not make those who write in the log wait for it, and it for them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.people import person

from pakten.accounts.models import Role
from pakten.accounts.services import set_roles


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks no rows")
def test_a_persons_row_is_held_but_not_its_key() -> None:
    """An entry in the log names its doer, which asks for the key: a full lock would be waited for."""
    with CaptureQueriesContext(connection) as queries:
        set_roles(person(Role.CASE_OFFICER), [Role.REGISTRAR], actor=person(Role.ADMINISTRATOR), reason="x")
    locks = [query["sql"] for query in queries if " FOR " in query["sql"] and "accounts_user" in query["sql"]]
    assert locks and all(sql.endswith("FOR NO KEY UPDATE") for sql in locks)
