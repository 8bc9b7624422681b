"""An organisation whose name is only a dash heads no list, and is called what it is."""

from __future__ import annotations

import pytest
from tests.people import person
from tests.web.members import register
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.organisations.keys import NO_NAME, is_name, sort_key
from pakten.organisations.models import Organisation


@pytest.mark.parametrize("text", ["–", "-", "…", "' '", "!"])
def test_a_sign_is_no_name_and_comes_last(text: str) -> None:
    assert not is_name(text)
    assert sort_key(text) > max(sort_key(name) for name in ("Östra", "Ööö", "Zäta", "Åå", "Юг", "9"))


@pytest.mark.parametrize("text", ["A", "4711", "Å-å", "Ю", "中"])
def test_a_letter_or_a_digit_is_one(text: str) -> None:
    assert is_name(text)


@pytest.mark.django_db
def test_the_member_list_says_so_and_puts_it_last() -> None:
    for name in ("–", "Östra Skogen AB", "Almby Förening"):
        register.member(name)
    assert str(Organisation.objects.get(legal_name="–")) == NO_NAME
    client = CheckedClient()
    client.force_login(person(Role.CASE_OFFICER))
    page = client.get("/medlemmar/").content.decode()
    places = [page.index(name) for name in ("Almby Förening", "Östra Skogen AB", NO_NAME)]
    assert places == sorted(places)
