"""Filters that people keep: their own, shared when they say so, and nothing odd stored."""

from __future__ import annotations

import pytest
from tests.people import person
from tests.web.members.handling import desk
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, SavedFilter
from pakten.accounts.queries import saved_filters
from pakten.accounts.refusals import AccountsRefused
from pakten.accounts.services.saved_filters import FilterFacts, delete_filter, save_filter

pytestmark = pytest.mark.django_db
PAGE = "members:applications"


def test_a_filter_is_seen_by_its_owner_and_by_others_once_it_is_shared() -> None:
    saved = desk.saved_filter(desk.officer(), query="sektor=civil&page=3&sok=")
    assert saved.query == "sektor=civil"
    assert list(saved_filters(desk.officer(), PAGE)) == [saved]
    assert not saved_filters(desk.manager(), PAGE)
    assert not saved_filters(desk.officer(), "members:list")
    save_filter(FilterFacts(PAGE, "Föreningar", "sektor=civil&sen=on", shared=True), actor=desk.officer())
    shared = SavedFilter.objects.get()
    assert (shared.query, shared.shared) == ("sektor=civil&sen=on", True)
    assert list(saved_filters(desk.manager(), PAGE)) == [shared]
    with pytest.raises(AccountsRefused):
        delete_filter(shared, actor=desk.manager())
    delete_filter(shared, actor=desk.officer())
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize(
    ("page", "name", "query"),
    [
        (PAGE, "", "sektor=civil"),
        (PAGE, "\x00 ", "sektor=civil"),
        (PAGE, "Tomt", ""),
        (PAGE, "Tomt", "page=2"),
        (PAGE, "Långt", "sok=" + "x" * 1_000_000),
        (PAGE, "Person", "sok=19640823-3234"),
        ("finns:inte", "Namn", "a=b"),
        ("https://example.com", "Namn", "a=b"),
        ("account_logout", "Namn", "a=b"),
        ("\x00" * 10_000, "Namn", "a=b"),
    ],
)
def test_what_can_not_be_kept_is_told_and_leads_back(page: str, name: str, query: str) -> None:
    with pytest.raises(AccountsRefused):
        save_filter(FilterFacts(page, name, query), actor=desk.officer())
    client = CheckedClient()
    client.force_login(desk.officer())
    answer = client.post("/sparade-filter/", {"page": page, "name": name, "query": query})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/")
    assert not answer["Location"].startswith("//")
    assert not SavedFilter.objects.exists()


def test_the_member_list_has_them_too() -> None:
    save_filter(FilterFacts("members:list", "Vilande", "status=dormant", shared=True), actor=desk.manager())
    client = CheckedClient()
    client.force_login(person(Role.AUDITOR))
    page = client.get("/medlemmar/").content.decode()
    assert "/medlemmar/?status=dormant" in page
    assert "Vilande" in page


def test_who_may_not_open_a_list_puts_no_name_before_those_who_may() -> None:
    """A member's contact is signed in too."""
    for outsider in (Role.MEMBER_CONTACT, Role.BOARD_MEMBER):
        facts = FilterFacts("members:applications", "Läs det här", "sektor=civil", shared=True)
        with pytest.raises(AccountsRefused):
            save_filter(facts, actor=person(outsider))
    with pytest.raises(AccountsRefused):
        save_filter(FilterFacts("records:public_diary", "Brev", "sok=x"), actor=desk.officer())
    assert not SavedFilter.objects.exists()


def test_an_address_with_hundreds_of_fields_breaks_nothing() -> None:
    many = "&".join(f"a{number}=1" for number in range(300))
    client = CheckedClient()
    client.force_login(desk.officer())
    assert client.get(f"/ansokningar/?{many}").status_code == 200
    answer = client.post("/sparade-filter/", {"page": PAGE, "name": "Många", "query": many})
    assert answer.status_code == 302
