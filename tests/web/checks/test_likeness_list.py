"""The register of likenesses: filters are kept and shared, and what waits is counted elsewhere."""

from __future__ import annotations

from bs4 import BeautifulSoup
from django.urls import reverse
from tests.web.checks.world import LISTED_FIRM, LISTED_PERSON, World, board
from tests.web.pages import CheckedClient

from pakten.accounts.models import SavedFilter, User


def signed_in(user: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(user)
    return client


def names(page: BeautifulSoup) -> list[str]:
    return [link.get_text() for link in page.select("tr[data-item] th a")]


def test_a_filter_is_kept_and_its_address_opens_the_same_list_for_a_colleague(world: World) -> None:
    world.take()
    world.member(LISTED_FIRM)
    world.member("Kvintor Handel", board(LISTED_PERSON))
    world.run()
    hanna, cecilia = signed_in(world.officer), signed_in(world.manager)
    page = reverse("checks:likenesses")
    everything = BeautifulSoup(hanna.get(page).content, "html.parser")
    assert sorted(names(everything)) == sorted([LISTED_FIRM, LISTED_PERSON])
    kept = {"page": "checks:likenesses", "name": "Bara personer", "query": "vem=person&page=2"}
    hanna.post(reverse("accounts:save_filter"), kept | {"shared": "on"})
    assert SavedFilter.objects.get().query == "vem=person"
    seen = BeautifulSoup(cecilia.get(page).content, "html.parser")
    link = seen.find("a", string="Bara personer")
    assert link is not None and str(world.officer) in seen.select_one(".saved-filters").get_text()
    opened = BeautifulSoup(cecilia.get(link["href"]).content, "html.parser")
    assert names(opened) == [LISTED_PERSON]
    assert opened.select_one(".saved-filters a[aria-current=true]").get_text() == "Bara personer"


def test_each_tabs_number_opens_so_many_and_leads_to_where_work_is_counted(world: World) -> None:
    world.take()
    world.member(LISTED_FIRM)
    world.run()
    client = signed_in(world.officer)
    page = BeautifulSoup(client.get(reverse("checks:likenesses")).content, "html.parser")
    for tab in page.select("nav.tabs a, .tabs a"):
        number = int("".join(filter(str.isdigit, tab.get_text())) or 0)
        assert len(names(BeautifulSoup(client.get(tab["href"]).content, "html.parser"))) == number
    inbox = f"{reverse('alerts:inbox')}?slag=likeness"
    assert page.select_one("main header a, main .page-header a, main p a")["href"] == inbox
    assert len(client.get(inbox).context["page"]) == 1, "the same matter, counted once"
