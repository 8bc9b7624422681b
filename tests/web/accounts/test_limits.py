"""Limits on guessing: by place, kept where nobody can read whose they are."""

from __future__ import annotations

import base64

from django.db import connection
from django.test import Client
from tests.web.pages import CheckedClient

from pakten.accounts.models import User

SIGN_IN = "/logga-in/"


def try_in(client: Client, username: str, **extra: str) -> int:
    return client.post(SIGN_IN, {"login": username, "password": "fel"}, **extra).status_code


def test_one_address_may_not_try_many_names(db: None) -> None:
    client = CheckedClient()
    answers = [try_in(client, f"name{number}") for number in range(62)]
    assert answers == [200] * 60 + [429] * 2
    assert try_in(client, "name", REMOTE_ADDR="192.0.2.2") == 200


def test_the_table_of_attempts_names_nobody(client: Client, hanna: User) -> None:
    try_in(client, "hanna", REMOTE_ADDR="192.0.2.1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM cache_entry")
        rows = str([(key, base64.b64decode(value)) for key, value in cursor.fetchall()])
    assert len(rows) > 100
    assert "hanna" not in rows
    assert "192.0.2.1" not in rows
