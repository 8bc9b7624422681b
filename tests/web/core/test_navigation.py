"""The menu shows what a person may open, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.urls import reverse
from tests.people import person

from pakten.accounts.models import Role
from pakten.core.navigation import ENTRIES, MOST_LINES, may_open

# What an officer, who may open almost everything, takes in at once.
ENOUGH = 12


def menu(client: Client, page: str = "/komponenter") -> list[str]:
    soup = BeautifulSoup(client.get(page).content, "html.parser")
    found = soup.select_one("header.side nav.menu")
    return [link.get_text() for link in found.select("a")] if found else []


def all_pages(client: Client) -> list[str]:
    soup = BeautifulSoup(client.get("/sidor/").content, "html.parser")
    return [link.get_text() for link in soup.select("main ul.pages a")]


@pytest.fixture(autouse=True)
def demo(settings) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("role", list(Role))
def test_every_entry_opens_for_those_who_see_it(
    role: Role, signed_in_client: Callable[[Role], Client]
) -> None:
    client = signed_in_client(role)
    shown, own = menu(client), all_pages(client)
    assert len(shown) <= (ENOUGH if "Alla sidor" in shown else MOST_LINES)
    for entry in ENTRIES:
        if entry.label == "Hem" and role is Role.MEMBER_CONTACT:
            continue
        opens = client.get(reverse(entry.name), follow=True).status_code == 200
        assert opens == (entry.label in {*shown, *own}), entry.label
        assert "Alla sidor" in shown or opens == (entry.label in shown), "few pages all stand in the menu"


def test_whoever_may_open_very_much_has_the_rest_on_one_page(
    signed_in_client: Callable[[Role], Client],
) -> None:
    officer = signed_in_client(Role.CASE_OFFICER)
    shown = menu(officer)
    assert shown[-1] == "Alla sidor" and "Att bedöma" in shown and "Listor" not in shown
    assert {"Listor", "Namnlikheter", "Webbplatsbesök", "Stickprov"} <= set(all_pages(officer))
    lists = menu(officer, reverse("checks:lists"))
    assert [line for line in lists if line not in shown] == ["Listor"], "the page that one is on is in sight"
    assert "Logg" in menu(signed_in_client(Role.AUDITOR))


def test_the_menus_groups_say_what_they_are(signed_in_client: Callable[[Role], Client]) -> None:
    soup = BeautifulSoup(signed_in_client(Role.CASE_OFFICER).get("/sidor/").content, "html.parser")
    named = [group.get("aria-label") for group in soup.select("header.side nav.menu ul")]
    assert named == [None, "Medlemskap", "Kontroll", "Ärenden", "Uppföljning", None]
    assert [head.get_text() for head in soup.select("main h2")] == [name for name in named if name]


def test_a_visitor_has_no_pages(client: Client, db: None) -> None:
    assert client.get("/sidor/")["Location"].endswith("?next=/sidor/")


def test_a_contacts_only_page_is_the_own_one(signed_in_client: Callable[[Role], Client]) -> None:
    assert signed_in_client(Role.MEMBER_CONTACT).get("/sidor/")["Location"] == reverse("members:own")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.BOARD_MEMBER])
def test_whoever_only_reads_finds_the_pages_at_home(
    role: Role, signed_in_client: Callable[[Role], Client]
) -> None:
    """Nothing is told as waiting to somebody who may not act on it."""
    client = signed_in_client(role)
    soup = BeautifulSoup(client.get("/").content, "html.parser")
    heads = {head.get_text() for head in soup.select("main h2")}
    assert "Idag" not in heads and "Uppföljning" in heads
    links = [link.get_text() for link in soup.select("main ul.pages a")]
    assert "Siffror" in links
    if role is Role.AUDITOR:
        assert {"Logg", "Kontroller", "Stickprov"} <= set(links)


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
    assert "Mål och värdegrund" in all_pages(officer), "and it is not in the menu"
    assert not {*menu(officer), *all_pages(officer)} & set(foot(officer))


def test_visitors_see_no_menu(client: Client, db: None) -> None:
    assert menu(client) == []


def test_the_current_page_is_marked(signed_in_client: Callable[[Role], Client]) -> None:
    soup = BeautifulSoup(signed_in_client(Role.CASE_OFFICER).get("/jobb/").content, "html.parser")
    for menu_at in ("header.side", ".drawer"):
        assert [link.get_text() for link in soup.select(f"{menu_at} a[aria-current=page]")] == ["Jobb"]


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
