"""The menu shows what a person may open, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.people import person

from pakten.accounts.models import Role
from pakten.core.navigation import MENU, may_open


def menu(client: Client) -> list[str]:
    soup = BeautifulSoup(client.get("/komponenter").content, "html.parser")
    found = soup.select_one("header.side nav.menu")
    return [link.get_text() for link in found.select("a")] if found else []


@pytest.fixture(autouse=True)
def demo(settings) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("role", list(Role))
def test_every_entry_opens_for_those_who_see_it(
    role: Role, signed_in_client: Callable[[Role], Client]
) -> None:
    client = signed_in_client(role)
    shown = menu(client)
    for label, name in MENU:
        if label == "Hem" and role is Role.MEMBER_CONTACT:
            continue
        assert (client.get(reverse(name), follow=True).status_code == 200) == (label in shown), label


def test_a_contact_has_one_first_line_and_not_two(signed_in_client: Callable[[Role], Client]) -> None:
    """The home page leads a contact to the own organisation: two lines would lead to one page."""
    shown = menu(signed_in_client(Role.MEMBER_CONTACT))
    assert "Min organisation" in shown and "Hem" not in shown
    assert "Hem" in menu(signed_in_client(Role.CASE_OFFICER))


def test_nothing_stands_both_in_the_menu_and_at_the_foot(
    client: Client, signed_in_client: Callable[[Role], Client]
) -> None:
    """Two links with one name would lead to two pages; whoever has no such line keeps the open page."""

    def foot(asker: Client) -> list[str]:
        soup = BeautifulSoup(asker.get("/komponenter").content, "html.parser")
        return [link.get_text() for link in soup.select("footer.page-footer a")]

    assert "Mål och värdegrund" in foot(client)
    officer = signed_in_client(Role.CASE_OFFICER)
    assert "Mål och värdegrund" in menu(officer) and not set(menu(officer)) & set(foot(officer))


def test_visitors_see_no_menu(client: Client, db: None) -> None:
    assert menu(client) == []


def test_the_current_page_is_marked(signed_in_client: Callable[[Role], Client]) -> None:
    soup = BeautifulSoup(signed_in_client(Role.CASE_OFFICER).get("/jobb/").content, "html.parser")
    assert [link.get_text() for link in soup.select("header.side a[aria-current=page]")] == ["Jobb"]


@pytest.mark.parametrize(
    ("role", "address", "opens"),
    [
        (Role.MANAGER, "/logg/?sida=2", True),
        (Role.CASE_OFFICER, "/logg/", False),
        (Role.CASE_OFFICER, "/finns-inte/", False),
        (Role.MEMBER_CONTACT, "/", True),
    ],
)
def test_a_link_is_shown_only_to_those_who_may_open_it(
    role: Role, address: str, opens: bool, db: None
) -> None:
    request = RequestFactory().get("/")
    request.user = person(role)
    assert may_open(request, address) is opens
