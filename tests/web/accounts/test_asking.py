"""What a page asks of a request, whatever was sent."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from pakten.accounts.asking import submission_in, user_of, version_in

NUMBER = "9b2d3a52-7c1e-4a0e-8f53-0c2a4e5d6f70"


@pytest.mark.parametrize(
    ("sent", "version"),
    [
        ("7", 7),
        ("999999999", 999_999_999),
        ("1234567890", 0),
        ("-1", 0),
        ("", 0),
        ("1.0", 0),
        ("٣", 0),
        ("²", 0),
        ("7 ", 0),
        ("en", 0),
    ],
    ids=repr,
)
def test_a_version_is_a_short_counter_and_anything_else_is_none_that_exists(sent: str, version: int) -> None:
    assert version_in(RequestFactory().post("/", {"version": sent})) == version


def test_a_form_without_version_has_none_that_exists() -> None:
    assert version_in(RequestFactory().post("/")) == 0


def test_a_sending_keeps_its_number_and_gets_a_new_one_when_it_has_none() -> None:
    asked = RequestFactory()
    assert submission_in(asked.post("/", {"submission": NUMBER})) == UUID(NUMBER)
    first, second = (submission_in(asked.post("/", {"submission": "nej"})) for _ in range(2))
    assert first != second


def test_nobody_is_no_person() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    with pytest.raises(AssertionError):
        user_of(request)
