"""The accounts page: people come, get roles with a reason, and go; nobody helps themselves."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.people import person
from tests.web.accounts.conftest import PASSWORD
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, User
from pakten.accounts.policies import roles_of
from pakten.audit.models import Entry

NEW = {
    "first_name": "Nils",
    "last_name": "Nykvist",
    "username": "nils",
    "title": "Handläggare",
    "roles": ["case_officer"],
    "reason": "Ny handläggare från 1 december",
}


@pytest.fixture
def adam(administrator: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(administrator)
    return client


def test_a_person_is_added_and_chooses_a_password(adam: CheckedClient, administrator: User) -> None:
    answer = adam.post("/konton/nytt/", NEW)
    user = User.objects.get(username="nils")
    assert answer["Location"] == f"/konton/{user.pk}/"
    assert (str(user), roles_of(user), user.has_usable_password()) == (
        "Nils Nykvist",
        {"case_officer"},
        False,
    )
    entry = Entry.objects.get(action="accounts.user.added")
    assert (entry.actor, entry.reason) == (administrator, NEW["reason"])
    link = shown_link(adam.post(f"/konton/{user.pk}/lank/"))
    nils = CheckedClient()
    form = nils.get(link, follow=True)
    assert "Välj lösenord" in form.content.decode()
    where = form.redirect_chain[-1][0]
    assert link.rsplit("/", 2)[1] not in where, "the secret leaves the address"
    weak = nils.post(where, {"new_password1": "nilsnykvist1", "new_password2": "nilsnykvist1"})
    assert weak.status_code == 422
    two = nils.post(where, {"new_password1": PASSWORD, "new_password2": "något annat"})
    assert "inte lika" in two.content.decode()
    assert (
        nils.post(where, {"new_password1": PASSWORD, "new_password2": PASSWORD})["Location"] == "/logga-in/"
    )
    assert nils.post("/logga-in/", {"login": "nils", "password": PASSWORD})["Location"] == "/"
    again = CheckedClient().get(link, follow=True)
    assert "Länken gäller inte längre" in again.content.decode()
    told = set(Entry.objects.values_list("action", flat=True))
    assert {"accounts.password.link_made", "accounts.password.chosen"} <= told
    assert link.rsplit("/", 2)[1] not in str(list(Entry.objects.values()))


def shown_link(answer: Any) -> str:
    found = re.search(r"http://testserver(/valj-losenord/\S+?)<", answer.content.decode())
    assert found
    return found[1]


def test_a_link_ends_with_the_account(adam: CheckedClient) -> None:
    officer = person(Role.CASE_OFFICER)
    link = shown_link(adam.post(f"/konton/{officer.pk}/lank/"))
    adam.post(f"/konton/{officer.pk}/stang/", {"reason": "Slutat"})
    assert "gäller inte" in CheckedClient().get(link, follow=True).content.decode()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"reason": ""}, "Skriv varför"),
        ({"username": "ADAM"}, "finns redan"),
        ({"username": "nils nykvist"}, "användarnamn"),
        ({"first_name": " "}, "Fyll i förnamnet"),
        ({"roles": ["member_contact"]}, "Fyll i adressen"),
        ({"roles": ["member_contact"], "email": "KIM@exempel.example"}, "En annan kontaktperson"),
        ({"email": "inte en adress"}, "på formen namn"),
        ({"roles": ["owner"]}, "owner"),
    ],
)
def test_what_is_missing_is_told_and_what_was_typed_is_kept(
    adam: CheckedClient, kim: User, changed: dict[str, Any], sentence: str
) -> None:
    before = User.objects.count()
    page = adam.post("/konton/nytt/", NEW | changed).content.decode()
    assert sentence.lower() in page.lower()
    assert 'value="Nykvist"' in page
    assert User.objects.count() == before


def test_roles_are_given_and_taken_with_a_reason(adam: CheckedClient, officer: User) -> None:
    where = f"/konton/{officer.pk}/"
    refused = adam.post(f"{where}roller/", {"roles": ["manager"], "reason": " "})
    assert (refused.status_code, roles_of(officer)) == (422, {"case_officer"})
    adam.post(f"{where}roller/", {"roles": ["manager", "auditor"], "reason": "Ny chef"})
    assert set(officer.role_assignments.values_list("role", flat=True)) == {"manager", "auditor"}
    entry = Entry.objects.get(action="accounts.roles.changed")
    assert (entry.before, entry.after) == ({"roles": ["case_officer"]}, {"roles": ["auditor", "manager"]})
    assert "Ny chef" in adam.get(where).content.decode()
    adam.post(f"{where}roller/", {"reason": "Slutat"})
    assert not officer.role_assignments.exists()


def test_nobody_helps_themselves(adam: CheckedClient, administrator: User) -> None:
    where = f"/konton/{administrator.pk}/"
    page = adam.get(where).content.decode()
    assert "ditt eget konto" in page
    for verb in ("roller", "stang", "lank", "ny-inloggning", "oppna"):
        answer = adam.post(f"{where}{verb}/", {"roles": [*Role.values], "reason": "Jag vill"})
        assert answer.status_code == 403, verb
    administrator.refresh_from_db()
    assert administrator.is_active
    assert roles_of(administrator) == {"administrator"}
    assert not Entry.objects.exists()


def test_a_closed_account_ends_at_once_and_can_be_opened_again(adam: CheckedClient, hanna: User) -> None:
    client = Client()
    client.post("/logga-in/", {"login": "hanna", "password": PASSWORD})
    assert client.get("/medlemmar/").status_code == 200
    where = f"/konton/{hanna.pk}/"
    assert adam.post(f"{where}stang/", {}).status_code == 422
    adam.post(f"{where}stang/", {"reason": "Föräldraledig"})
    assert client.get("/medlemmar/").status_code == 302
    assert client.post("/logga-in/", {"login": "hanna", "password": PASSWORD}).status_code == 200
    assert "Kontot är stängt" in adam.get(where).content.decode()
    adam.post(f"{where}oppna/", {"reason": "Tillbaka"})
    assert client.post("/logga-in/", {"login": "hanna", "password": PASSWORD}).status_code == 302
    told = list(Entry.objects.filter(action__startswith="accounts.user").values_list("action", "reason"))
    assert told == [("accounts.user.opened", "Tillbaka"), ("accounts.user.closed", "Föräldraledig")]


def test_a_contact_needs_no_password(adam: CheckedClient, kim: User) -> None:
    assert "Gör en länk" not in adam.get(f"/konton/{kim.pk}/").content.decode()
    assert adam.post(f"/konton/{kim.pk}/lank/").status_code == 403


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"adam", "hanna", "kim", "utan"}),
        ("?sok=handlägg", {"hanna"}),
        ("?sok=kim@exempel", {"kim"}),
        ("?roll=member_contact", {"kim"}),
        ("?roll=none", {"utan"}),
        ("?status=closed", set()),
        ("?roll=owner&status=x", {"adam", "hanna", "kim", "utan"}),
    ],
)
def test_the_list_is_filtered_by_its_address(
    adam: CheckedClient, officer: User, kim: User, query: str, names: set[str]
) -> None:
    person(None)
    page = adam.get(f"/konton/{query}")
    assert {user.username for user in page.context["page"]} == names


def test_the_list_makes_few_queries(
    adam: CheckedClient, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(40):
        person(Role.CASE_OFFICER, again=number)
    with django_assert_max_num_queries(12):
        adam.get("/konton/")
