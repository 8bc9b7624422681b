"""The log page with its filters, and the page that checks the chain."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.audit.damage import fill, without_triggers
from tests.web.pages import CheckedClient

from pakten.accounts.models import User
from pakten.audit import views
from pakten.audit.models import Entry
from pakten.audit.services import record


@pytest.fixture
def browser(auditor: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(auditor)
    return client


@pytest.fixture
def entries(officer: User, manager: User) -> list[Entry]:
    return [
        record(
            "accounts.roles.changed",
            officer,
            actor=manager,
            before={"roles": []},
            after={"roles": ["auditor"]},
        ),
        record("jobs.job.started", None, actor=officer, reason="Inför nämnden"),
        record("checks.list.fetched", None, actor=None, after={"list": "eu"}),
    ]


def shown(client: CheckedClient, query: str) -> list[int]:
    return [entry.sequence for entry in client.get(f"/logg/{query}").context["page"]]


def test_an_empty_log_says_what_will_be_here(browser: CheckedClient) -> None:
    assert "Loggen är tom" in browser.get("/logg/").content.decode()


def test_the_log_tells_who_did_what_when_and_why(browser: CheckedClient, entries: list[Entry]) -> None:
    text = browser.get("/logg/").content.decode()
    for words in (
        "ändrade roller",
        "Cecilia Chefsdotter",
        "Hanna Handläggarsson",
        "Inför nämnden",
        "Systemet",
    ):
        assert words in text


def test_the_values_tell_what_was_and_what_became(browser: CheckedClient, manager: User) -> None:
    record(
        "accounts.roles.changed",
        manager,
        actor=None,
        before={"roles": ["auditor"], "gone": 1, "same": None},
        after={"roles": ["auditor", "manager"], "new": {"a": True}, "same": ""},
    )
    row = browser.get("/logg/").context["rows"][0]
    assert row.values == [
        ("Roller", "Revisor → Revisor; Chef"),
        ("gone", "1 → –"),
        ("new", "a: ja"),
        ("same", "– → –"),
    ]


def test_one_object_has_its_own_log(browser: CheckedClient, entries: list[Entry], officer: User) -> None:
    text = browser.get(f"/logg/?object_type=accounts.user&object_id={officer.pk}").content.decode()
    assert "Här syns bara det som gäller <strong>Hanna Handläggarsson</strong>" in text


def test_each_filter_narrows(
    browser: CheckedClient, entries: list[Entry], officer: User, manager: User
) -> None:
    today = timezone.localdate()
    assert shown(browser, "") == [3, 2, 1]
    assert shown(browser, "?area=jobs") == [2]
    assert shown(browser, f"?actor={manager.pk}") == [1]
    assert shown(browser, f"?object_type=accounts.user&object_id={officer.pk}") == [1]
    assert shown(browser, "?words=hanna") == [1]
    assert shown(browser, f"?first_day={today}&last_day={today}") == [3, 2, 1]
    assert shown(browser, f"?first_day={today + timedelta(days=1)}") == []
    assert shown(browser, f"?last_day={today - timedelta(days=1)}") == []
    assert shown(browser, f"?area=accounts&actor={manager.pk}&words=hanna") == [1]


@pytest.mark.parametrize("words", ["åkeri", "ÅKERI", "Åkeri", "norrskenets åkeri"])
def test_names_are_found_in_any_case_on_every_database(
    browser: CheckedClient, officer: User, words: str
) -> None:
    officer.first_name, officer.last_name = "Norrskenets", "Åkeri"
    record("accounts.roles.changed", officer, actor=None)
    assert shown(browser, f"?words={words}") == [1]


@pytest.mark.parametrize(
    "query",
    [
        *(f"{name}=x" for name in ("first_day", "last_day", "actor", "area", "page")),
        *("first_day=9999-12-31", "last_day=0001-01-01", "actor=999999", "area=%27", "page=-1", "words=%00"),
        *("words=%F0%9F%98%80", "object_id=999999999999999999999", "object_type=%25"),
    ],
)
def test_a_strange_address_does_no_harm(browser: CheckedClient, entries: list[Entry], query: str) -> None:
    assert browser.get(f"/logg/?{query}").status_code == 200


def test_a_long_log_comes_in_pages_with_few_queries(browser: CheckedClient) -> None:
    fill(120)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get("/logg/?page=2")
    assert len(queries) <= 30
    assert [entry.sequence for entry in answer.context["page"]] == list(range(70, 20, -1))


def test_a_chain_that_stands(browser: CheckedClient) -> None:
    fill(3)
    text = browser.get("/logg/kedjan/").content.decode()
    assert "Kedjan håller." in text and "3 poster prövades" in text
    assert Entry.objects.latest("sequence").hash in text


def test_a_broken_chain_names_the_first_bad_entry(browser: CheckedClient) -> None:
    fill(5)
    with without_triggers():
        Entry.objects.filter(sequence=3).update(reason="Annat skäl")
    assert "Kedjan är bruten vid post 3." in browser.get("/logg/kedjan/").content.decode()


def test_a_very_long_log_is_checked_outside_the_page(
    browser: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE_LIMIT", 2)
    fill(3)
    text = browser.get("/logg/kedjan/").content.decode()
    assert "för lång att pröva på sidan" in text and "Kedjan håller" not in text
