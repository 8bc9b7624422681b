"""Signing in and out: the page, the session, the brake on guessing, the demo's people."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.adapters import AccountAdapter
from pakten.accounts.demo_people import DEMO_PASSWORD, DEMO_SIGN_INS
from pakten.accounts.models import Role, User
from pakten.accounts.services import add_demo_people
from pakten.audit.models import Entry
from pakten.project import settings as product_settings

PASSWORD = "fyra blå hästar i regn"
SIGN_IN = "/logga-in/"


@pytest.fixture
def hanna(officer: User) -> User:
    officer.set_password(PASSWORD)
    officer.save()
    return officer


def try_in(client: Client, username: str, password: str, **extra: str) -> int:
    return client.post(SIGN_IN, {"login": username, "password": password}, **extra).status_code


def actions() -> list[str]:
    return list(Entry.objects.order_by("sequence").values_list("action", flat=True))


def test_signing_in_leads_home_and_is_logged(client: Client, hanna: User) -> None:
    answer = client.post(SIGN_IN, {"login": "hanna", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("core:home"))
    assert client.session["_auth_user_id"] == str(hanna.pk)
    assert actions() == ["accounts.session.opened"]


def test_one_comes_back_to_the_page_one_wanted_but_never_to_another_site(client: Client, hanna: User) -> None:
    ours = client.post(SIGN_IN, {"login": "hanna", "password": PASSWORD, "next": "/jobb/"})
    assert ours["Location"] == "/jobb/"
    client.logout()
    elsewhere = {"login": "hanna", "password": PASSWORD, "next": "https://example.invalid/"}
    assert client.post(SIGN_IN, elsewhere)["Location"] == reverse("core:home")


def test_the_session_gets_a_new_key(client: Client, hanna: User) -> None:
    session = client.session
    session["seen"] = "before signing in"
    session.save()
    before = session.session_key
    assert try_in(client, "hanna", PASSWORD) == 302
    assert client.session.session_key != before


def test_signing_out_ends_the_session_and_is_logged(client: Client, hanna: User) -> None:
    client.force_login(hanna)
    assert client.get("/logga-ut/").status_code == 405
    assert client.post("/logga-ut/")["Location"] == SIGN_IN
    assert "_auth_user_id" not in client.session
    assert actions() == ["accounts.session.closed"]


def test_a_wrong_password_keeps_the_name_and_does_not_say_which_was_wrong(
    client: Client, hanna: User
) -> None:
    wrong = client.post(SIGN_IN, {"login": "hanna", "password": "fel"})
    unknown = client.post(SIGN_IN, {"login": "ingen", "password": "fel"})
    assert wrong.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert b'value="hanna"' in wrong.content
    assert actions() == ["accounts.session.refused"], "a name without account may be a misplaced password"


def test_an_account_that_is_switched_off_stays_out(client: Client, hanna: User) -> None:
    hanna.is_active = False
    hanna.save()
    assert try_in(client, "hanna", PASSWORD) == 200
    assert "_auth_user_id" not in client.session


PER_NAME = 5


def test_guessing_is_stopped_even_for_the_right_password(client: Client, hanna: User) -> None:
    for _ in range(PER_NAME):
        assert try_in(client, "hanna", "fel") == 200
    stopped = client.post(SIGN_IN, {"login": "HANNA ", "password": PASSWORD})
    assert stopped.status_code == 200
    assert "Vänta fem minuter" in stopped.content.decode()
    last = Entry.objects.first()
    assert (last.action, last.after["throttled"]) == ("accounts.session.refused", True)  # type: ignore[union-attr]
    assert try_in(Client(), "hanna", PASSWORD, REMOTE_ADDR="192.0.2.7") == 302, (
        "other places may still sign in"
    )


def test_the_brake_lets_go(client: Client, hanna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(PER_NAME + 1):
        try_in(client, "hanna", "fel")
    later = timedelta(minutes=5, seconds=1).total_seconds()
    monkeypatch.setattr("time.time", lambda: timezone.now().timestamp() + later)
    assert try_in(client, "hanna", PASSWORD) == 302


@pytest.mark.parametrize(("behind_proxy", "expected"), [(False, "127.0.0.1"), (True, "198.51.100.4")])
def test_only_our_proxy_is_believed_about_addresses(rf: object, behind_proxy: bool, expected: str) -> None:
    request = rf.get("/", headers={"X-Forwarded-For": "10.0.0.1, 198.51.100.4"})  # type: ignore[attr-defined]
    with override_settings(BEHIND_PROXY=behind_proxy):
        assert AccountAdapter().get_client_ip(request) == expected


def test_passwords_are_kept_with_argon2(db: None) -> None:
    with override_settings(PASSWORD_HASHERS=product_settings.PASSWORD_HASHERS):
        user = User(username="x")
        user.set_password(PASSWORD)
        assert identify_hasher(user.password).algorithm == "argon2"
        assert user.check_password(PASSWORD)


def test_demo_people_sign_in_with_one_button(client: Client, db: None) -> None:
    add_demo_people()
    assert {user.username for user in add_demo_people()} == {person.username for person in DEMO_SIGN_INS}
    with override_settings(DEMO=True):
        page = client.get(SIGN_IN).content.decode()
        for person in DEMO_SIGN_INS:
            assert f'value="{person.username}"' in page
        assert try_in(client, DEMO_SIGN_INS[0].username, DEMO_PASSWORD) == 302
    roles = {r for user in User.objects.all() for r in user.role_assignments.values_list("role", flat=True)}
    assert {Role.CASE_OFFICER, Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR} <= roles


def test_outside_the_demo_nobody_is_offered(client: Client, db: None) -> None:
    add_demo_people()
    assert DEMO_PASSWORD not in client.get(SIGN_IN).content.decode()


@pytest.mark.parametrize(
    ("page", "back"),
    [
        ("http://testserver/kontroll/?sida=2", "/kontroll/?sida=2"),
        ("http://elsewhere.example/kontroll/", "/"),
        ("", "/"),
    ],
)
def test_who_was_signed_out_comes_back_to_the_page_of_the_form(
    client: Client, db: None, page: str, back: str
) -> None:
    """Not to the form's own address, which no link can open."""
    answer = client.post("/kontroll/starta/", headers={"referer": page} if page else {})
    assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [back]
