"""The second step: set up at the first sign-in, asked for at the next, never to be used twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client, override_settings
from tests.people import person
from tests.web.accounts.conftest import PASSWORD
from tests.web.accounts.totp import ADD, add_app, code_of, secret_on
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, User
from pakten.accounts.secrets import decrypt
from pakten.accounts.services import remove_factors
from pakten.audit.models import Entry

OWN, SIGN_IN, STEP = "/mina-inloggningar/", "/logga-in/", "/logga-in/steg-2/"
Told = Callable[[], list[tuple[str, Any]]]
required = override_settings(SECOND_FACTOR_REQUIRED=True)


def signed_in(user: str = "hanna") -> CheckedClient:
    client = CheckedClient()
    client.post(SIGN_IN, {"login": user, "password": PASSWORD})
    return client


def later(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    clock = SimpleNamespace(time=lambda: time.time() + seconds)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", clock)


@required
def test_without_second_factor_only_its_page_opens(hanna: User) -> None:
    client = signed_in()
    for address in ("/", "/medlemmar/", "/kontroll/", "/jobb/"):
        assert client.get(address)["Location"] == OWN
    fragment = client.get("/jobb/", headers={"HX-Request": "true"})
    assert (fragment.status_code, fragment["HX-Redirect"]) == (403, OWN)
    assert "Ett andra steg saknas" in client.get(OWN).content.decode()
    add_app(client)
    assert client.get("/medlemmar/").status_code == 200
    assert "Ett andra steg saknas" not in client.get(OWN).content.decode()


@required
@pytest.mark.parametrize("role", [*Role, None])
def test_it_is_asked_of_every_role_but_members_contacts(role: Role | None) -> None:
    client = Client()
    client.force_login(person(role))
    assert (client.get("/").headers.get("Location") == OWN) == (role not in {Role.MEMBER_CONTACT, None})


@required
def test_a_contact_who_becomes_staff_must_add_one_at_once(kim: User, administrator: User) -> None:
    from pakten.accounts.services import set_roles

    client = Client()
    client.force_login(kim)
    assert client.get("/").headers.get("Location") != OWN
    set_roles(kim, [Role.MEMBER_CONTACT, Role.CASE_OFFICER], actor=administrator, reason="Anställd")
    assert client.get("/")["Location"] == OWN


def test_the_code_is_asked_for_and_works_once(
    hanna: User, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = add_app(signed_in())
    client = CheckedClient()
    first = client.post(SIGN_IN, {"login": "hanna", "password": PASSWORD, "next": "/jobb/"})
    assert first["Location"].startswith(STEP)
    assert client.get("/")["Location"].startswith(SIGN_IN), "half signed in is not signed in"
    assert client.get(SIGN_IN)["Location"].startswith(STEP)
    later(monkeypatch, 60)
    code = code_of(secret, later=60)
    assert client.post(STEP, {"code": code})["Location"] == "/jobb/"
    assert told()[-1] == ("accounts.session.opened", {"methods": ["password", "totp"]})
    other = CheckedClient()
    other.post(SIGN_IN, {"login": "hanna", "password": PASSWORD})
    again = other.post(STEP, {"code": code})
    assert "Koden stämmer inte" in again.content.decode()
    assert told()[-1] == ("accounts.session.refused", {"methods": ["totp"], "throttled": False})


def test_an_expired_code_is_refused(hanna: User, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = add_app(signed_in())
    client = CheckedClient()
    client.post(SIGN_IN, {"login": "hanna", "password": PASSWORD})
    later(monkeypatch, 120)
    assert client.post(STEP, {"code": code_of(secret, later=60)}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_guessing_codes_is_stopped_even_for_the_right_one(
    hanna: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = add_app(signed_in())
    client = CheckedClient()
    client.post(SIGN_IN, {"login": "hanna", "password": PASSWORD})
    for _ in range(5):
        client.post(STEP, {"code": "000000"})
    later(monkeypatch, 60)
    stopped = client.post(STEP, {"code": code_of(secret, later=60)})
    assert "Vänta fem minuter" in stopped.content.decode()


def test_a_recovery_code_works_once(hanna: User, told: Told) -> None:
    client = signed_in()
    add_app(client)
    shown = client.get(f"{OWN}reservkoder/")
    codes = shown.context["unused_codes"]
    assert len(set(codes)) == 10
    for expected in (302, 200):
        other = CheckedClient()
        other.post(SIGN_IN, {"login": "hanna", "password": PASSWORD})
        assert other.post(STEP, {"code": codes[0]}).status_code == expected
    assert ("accounts.session.opened", {"methods": ["password", "recovery_codes"]}) in told()
    assert "Du har 9 kvar" in client.get(OWN).content.decode()


def test_what_is_added_and_removed_is_in_the_log_without_its_secret(hanna: User, told: Told) -> None:
    client = signed_in()
    secret = add_app(client)
    added = [after for action, after in told() if action == "accounts.factor.added"]
    assert sorted(each["kind"] for each in added) == ["recovery_codes", "totp"]
    assert client.post(f"{OWN}reservkoder/nya/").status_code == 302
    assert told()[-1][0] == "accounts.factor.renewed"
    assert client.post(f"{OWN}app/ta-bort/")["Location"] == OWN
    assert sorted(told()[-2:]) == [("accounts.factor.removed", None)] * 2
    assert not Authenticator.objects.exists()
    assert secret not in str(list(Entry.objects.values()))


@required
def test_the_last_one_is_kept_by_whoever_must_have_it(hanna: User) -> None:
    client = signed_in()
    add_app(client)
    assert "Du måste ha kvar" in client.get(f"{OWN}app/ta-bort/").content.decode()
    client.post(f"{OWN}app/ta-bort/")
    assert Authenticator.objects.filter(type="totp").exists()


def test_changing_it_asks_for_the_password_again(
    hanna: User, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in()
    add_app(client)
    monkeypatch.setattr("pakten.accounts.adapters.FRESH", 0)
    for address in ("app/ta-bort/", "reservkoder/", "reservkoder/nya/", "nyckel/"):
        assert client.get(OWN + address)["Location"].startswith("/logga-in/bekrafta/")
    page = client.get("/logga-in/bekrafta/?next=/mina-inloggningar/app/ta-bort/")
    assert "Använd en kod i stället" in page.content.decode()
    wrong = client.post("/logga-in/bekrafta/", {"password": "fel"})
    assert "Lösenordet stämmer inte" in wrong.content.decode()
    assert told()[-1][0] == "accounts.session.refused"
    right = client.post("/logga-in/bekrafta/", {"password": PASSWORD, "next": f"{OWN}app/ta-bort/"})
    assert right["Location"] == f"{OWN}app/ta-bort/"
    assert client.get(f"{OWN}app/ta-bort/").status_code == 200


def test_a_wrong_first_code_adds_nothing(hanna: User) -> None:
    client = signed_in()
    secret_on(client.get(ADD))
    assert "Koden stämmer inte" in client.post(ADD, {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()


def test_secrets_are_not_readable_in_the_database(hanna: User) -> None:
    secret = add_app(signed_in())
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert decrypt(kept) == secret
    with override_settings(SECRET_KEY="a new key", SECRET_KEY_FALLBACKS=["only for the tests"]):
        assert decrypt(kept) == secret


def test_the_page_lists_sessions_and_ends_the_others(hanna: User, told: Told) -> None:
    here, there = signed_in(), signed_in()
    page = here.get(OWN)
    assert len(page.context["sessions"]) == 2
    assert here.post(f"{OWN}logga-ut-andra/")["Location"] == OWN
    assert there.get("/")["Location"].startswith(SIGN_IN)
    assert here.get("/").status_code == 200
    assert told()[-1] == ("accounts.session.others_closed", {"sessions": 1})


def test_an_administrator_helps_somebody_who_lost_the_phone(hanna: User, administrator: User) -> None:
    client = signed_in()
    add_app(client)
    remove_factors(hanna, actor=administrator, reason="Telefonen är stulen")
    assert client.get("/")["Location"].startswith(SIGN_IN), "open sessions end"
    entries = Entry.objects.filter(action="accounts.factor.removed", actor=administrator)
    assert {entry.reason for entry in entries} == {"Telefonen är stulen"}
    assert signed_in().get(ADD).status_code == 200


@pytest.mark.parametrize(
    "credential", ["", "x", "[]", "{}", '{"id": 1}', '{"response": {"userHandle": "åäö"}}']
)
def test_a_broken_answer_of_a_key_is_refused(hanna: User, credential: str) -> None:
    client = CheckedClient()
    client.get("/logga-in/nyckel/", headers={"Accept": "application/json"})
    assert client.post("/logga-in/nyckel/", {"credential": credential})["Location"] == SIGN_IN
    add_app(signed_in())
    client.post(SIGN_IN, {"login": "hanna", "password": PASSWORD})
    assert client.post(STEP, {"credential": credential}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_password_is_changed_and_all_other_sessions_end(
    hanna: User, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = signed_in(), signed_in()
    where, new = f"{OWN}losenord/", "fem gula bin i snö"
    two = here.post(where, {"new_password1": new, "new_password2": "något annat"})
    assert "inte lika" in two.content.decode()
    assert here.post(where, {"new_password1": new, "new_password2": new})["Location"] == OWN
    assert told()[-1][0] == "accounts.password.chosen"
    assert len(here.get(OWN).context["sessions"]) == 1
    assert there.get(OWN)["Location"].startswith(SIGN_IN)
    assert signed_in().get(OWN).status_code == 302
    monkeypatch.setattr("pakten.accounts.adapters.FRESH", 0)
    assert here.get(where)["Location"].startswith("/logga-in/bekrafta/")


def test_who_has_no_password_gets_none_on_the_own_page(kim: User) -> None:
    client = CheckedClient()
    client.force_login(kim)
    assert "Byt lösenord" not in client.get(OWN).content.decode()
    assert client.get(f"{OWN}losenord/")["Location"] == OWN
