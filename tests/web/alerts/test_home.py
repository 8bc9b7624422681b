"""Home counts each thing that waits once, for whoever may judge it, and every number opens its list."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.people import person
from tests.web.alerts import desk
from tests.web.checks.world import LISTED_FIRM, World
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, User
from pakten.alerts import services
from pakten.alerts.models import Alert, AlertKind, AlertState, Outcome
from pakten.alerts.services.rules import set_rule

pytestmark = pytest.mark.django_db
MOST_QUERIES = 24


def client_of(user: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(user)
    return client


def waits(user: User) -> dict[str, list[str]]:
    """By the words of each row about what is to be judged: the keys on the list that its number opens."""
    client = client_of(user)
    soup = BeautifulSoup(client.get("/").content, "html.parser")
    found = {}
    for row in soup.select(".counter"):
        link = row.select_one(".counter-number a")
        if link is None or not str(link["href"]).startswith(reverse("alerts:inbox")):
            continue
        page = client.get(link["href"])
        keys = [alert.key for alert in page.context["page"]]
        assert int(re.sub(r"\D", "", link.contents[0])) == len(keys), "the number is the list's"
        found[row.select("span[aria-hidden]")[0].get_text()] = sorted(keys)
    return found


def test_each_thing_stands_in_one_row_and_opens_its_list() -> None:
    officer, manager = desk.officer(), desk.manager()
    set_rule(AlertKind.REGISTER_CHANGE, days=5, needs_second=True, actor=manager, version=0)
    rows = {key: desk.alert(key) for key in ("min", "fri", "fri-sen", "annans", "annans-sen", "pausad")}
    twice = {key: desk.alert(key, kind=AlertKind.REGISTER_CHANGE) for key in ("hans", "eget")}
    for key, to in (("min", officer), ("annans", manager), ("annans-sen", manager)):
        services.assign(rows[key].pk, to, actor=manager, version=1)
    Alert.objects.filter(key__endswith="-sen").update(due_on=desk.days(-1))
    services.snooze(rows["pausad"].pk, desk.days(5), actor=officer, version=1)
    for key, by in (("hans", manager), ("eget", officer)):
        services.judge(twice[key].pk, Outcome.MET, actor=by, version=1, reason="Stämmer")
    assert waits(officer) == {
        "sak att bedöma ligger hos dig": ["min"],
        "saker att bedöma som ingen har tagit": ["fri", "fri-sen"],
        "bedömning väntar på att du bekräftar": ["hans"],
        "sak att bedöma hos andra är sen": ["annans-sen"],
    }
    assert "varav 1 sen" in client_of(officer).get("/").content.decode().replace("\xa0", " ")
    assert waits(manager)["bedömning väntar på att du bekräftar"] == ["eget"]


def test_nobody_sees_as_waiting_what_they_may_not_answer(world: World) -> None:
    """Whoever started a control doesn't find its samples at home; a second person does, and once."""
    found = desk.alert("prov", kind=AlertKind.SAMPLE)
    Alert.objects.filter(pk=found.pk).update(first_reader=world.officer)
    assert waits(world.officer) == {}
    assert waits(world.manager) == {"sak att bedöma som ingen har tagit": ["prov"]}
    listed = client_of(world.officer).get(reverse("alerts:inbox")).context["page"]
    assert [alert.key for alert in listed] == ["prov"], "the whole inbox still shows that it waits"


def test_a_likeness_is_counted_once_and_its_proposer_is_not_asked_to_confirm(world: World) -> None:
    world.take()
    world.member(LISTED_FIRM)
    world.run()
    key = Alert.objects.get(kind=AlertKind.LIKENESS).key
    assert waits(world.manager) == {"sak att bedöma som ingen har tagit": [key]}
    page = client_of(world.manager).get("/").content.decode()
    assert "varav 1 namnlikhet" in page.replace("\xa0", " ")
    links = {link["href"] for link in BeautifulSoup(page, "html.parser").select("main a")}
    assert reverse("checks:likenesses") not in links, "the register of likenesses counts nothing to do"
    world.judge("same")
    assert Alert.objects.get(kind=AlertKind.LIKENESS).state == AlertState.PROPOSED
    assert waits(world.officer) == {}
    assert waits(world.manager) == {"bedömning väntar på att du bekräftar": [key]}


def test_whoever_only_reads_is_asked_for_nothing() -> None:
    desk.alert()
    assert waits(person(Role.AUDITOR)) == {}


@pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.MANAGER])
def test_home_asks_the_database_little(world: World, role: Role) -> None:
    world.take()
    world.member(LISTED_FIRM)
    world.run()
    client = client_of(person(role))
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/")
    assert len(asked) <= MOST_QUERIES, "\n".join(each["sql"][:160] for each in asked)
