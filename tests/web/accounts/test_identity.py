"""L-33: the city's identity providers, more than one, also for people without a personal identity number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from tests.web.accounts.identity_provider import CLIENT, Provider, serve, sign_in
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, RoleAssignment, User
from pakten.accounts.services import close, set_roles
from pakten.project.identity import allauth_providers, identity_providers

Told = Callable[[], list[tuple[str, Any]]]
NILS = {"sub": "anstalld-4711", "given_name": "Nils", "family_name": "Nykvist", "email": "nils@stad.example"}
# A coordination number with a right check digit, made for tests.
COORDINATION = "197010632391"


def described(*providers: Provider, **more: Any) -> list[dict[str, Any]]:
    names = ["staden", "regionen"]
    told = [
        {"id": name, "name": name.title(), "server": each.address, "client_id": CLIENT, "secret": "s", **more}
        for name, each in zip(names, providers, strict=False)
    ]
    return identity_providers(json.dumps(told))


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    made = Provider(claims=dict(NILS))
    server = serve(made)
    settings.IDENTITY_PROVIDERS = described(made)
    settings.SOCIALACCOUNT_PROVIDERS = allauth_providers(settings.IDENTITY_PROVIDERS)
    yield made
    server.shutdown()
    server.server_close()


def test_an_unknown_person_gets_an_account_and_no_role(provider: Provider, told: Told) -> None:
    client = CheckedClient()
    assert sign_in(client, provider)["Location"] == "/"
    user = User.objects.get()
    assert (str(user), user.email, user.has_usable_password()) == ("Nils Nykvist", "nils@stad.example", False)
    assert not RoleAssignment.objects.exists()
    assert client.get("/medlemmar/").status_code == 403
    assert told() == [
        ("accounts.user.added", {"username": user.username, "roles": [], "provider": "staden"}),
        ("accounts.session.opened", {"methods": ["staden"]}),
    ]


def test_the_same_person_comes_back_to_the_same_account(provider: Provider, administrator: User) -> None:
    sign_in(Client(), provider)
    user = User.objects.exclude(pk=administrator.pk).get()
    set_roles(user, [Role.CASE_OFFICER], actor=administrator, reason="Ny handläggare")
    provider.claims["given_name"] = "Nisse"
    client = CheckedClient()
    assert sign_in(client, provider, wanted="/jobb/")["Location"] == "/jobb/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert User.objects.count() == 2
    assert client.get("/medlemmar/").status_code == 200


def test_the_right_questions_are_asked(provider: Provider) -> None:
    sign_in(Client(), provider)
    (asked,) = provider.asked
    assert asked["client_id"] == [CLIENT]
    assert asked["redirect_uri"] == ["http://testserver/logga-in/staden/klar/"]
    assert len(asked["code_verifier"][0]) >= 43


def test_two_providers_with_the_same_number_are_two_people(provider: Provider, settings: Any) -> None:
    other = Provider(claims=dict(NILS))
    server = serve(other)
    settings.IDENTITY_PROVIDERS = described(provider, other)
    settings.SOCIALACCOUNT_PROVIDERS = allauth_providers(settings.IDENTITY_PROVIDERS)
    page = CheckedClient().get("/logga-in/").content.decode()
    assert "Staden" in page
    assert "Regionen" in page
    sign_in(Client(), provider)
    sign_in(Client(), other, to="regionen")
    assert User.objects.count() == 2
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("claim", ["sub", "personalIdentityNumber"])
def test_personal_and_coordination_numbers_are_not_kept(
    provider: Provider, settings: Any, claim: str
) -> None:
    provider.claims |= {claim: COORDINATION, "preferred_username": COORDINATION, "name": "Nils Nykvist"}
    for described_ in settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]:
        described_["settings"]["uid_field"] = claim
    sign_in(Client(), provider)
    sign_in(Client(), provider)
    kept = str([list(model.objects.values()) for model in (User, SocialAccount)])
    assert User.objects.count() == 1
    assert COORDINATION not in kept
    assert COORDINATION[2:] not in kept


def test_an_employee_without_personal_number_is_told_apart_by_another_claim(
    provider: Provider, settings: Any
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS = allauth_providers(described(provider, subject="employeeId"))
    provider.claims = {"sub": "varies", "employeeId": "SE-0001", "name": "Åsa Öberg"}
    sign_in(Client(), provider)
    provider.claims["sub"] = "another"
    sign_in(Client(), provider)
    assert [str(user) for user in User.objects.all()] == ["Åsa Öberg"]


def forge(provider: Provider, kind: str) -> None:
    changes: dict[str, dict[str, Any]] = {
        "other key": {"forger": rsa.generate_private_key(65537, 2048)},
        "no signature": {"forger": "", "algorithm": "none"},
        "shared secret": {"forger": "s" * 32, "algorithm": "HS256"},
        "expired": {"changed": {"exp": 1}},
        "for another": {"changed": {"aud": "another"}},
        "from another": {"changed": {"iss": "https://elsewhere.example"}},
        "nobody": {"claims": {"name": "Nobody"}},
        "empty name": {"claims": {"sub": ""}},
    }
    for name, value in changes[kind].items():
        setattr(provider, name, value)


@pytest.mark.parametrize(
    "kind",
    [
        "other key",
        "no signature",
        "shared secret",
        "expired",
        "for another",
        "from another",
        "nobody",
        "empty name",
    ],
)
def test_a_forged_token_opens_nothing(provider: Provider, told: Told, kind: str) -> None:
    forge(provider, kind)
    client = CheckedClient()
    answer = sign_in(client, provider)
    assert answer.status_code == 401
    assert "Det gick inte att logga in" in answer.content.decode()
    assert not User.objects.exists()
    assert "_auth_user_id" not in client.session
    assert told()[-1][0] == "accounts.session.refused"


def test_an_answer_works_once_and_only_where_it_was_asked_for(provider: Provider) -> None:
    client = Client()
    start = client.get("/logga-in/staden/")
    brought = provider.authorize(start["Location"])
    assert CheckedClient().get("/logga-in/staden/klar/", brought).status_code == 401
    assert client.get("/logga-in/staden/klar/", brought).status_code == 302
    client.post("/logga-ut/")
    assert client.get("/logga-in/staden/klar/", brought).status_code == 401


def test_a_token_is_not_taken_twice(provider: Provider) -> None:
    provider.changed = {"jti": "only once"}
    assert sign_in(Client(), provider).status_code == 302
    assert sign_in(Client(), provider).status_code == 401


def test_cancelling_there_is_told_kindly(provider: Provider) -> None:
    client = CheckedClient()
    start = client.get("/logga-in/staden/")
    state = provider.authorize(start["Location"])["state"]
    answer = client.get("/logga-in/staden/klar/", {"error": "access_denied", "state": state}, follow=True)
    assert "Inloggningen avbröts" in answer.content.decode()


def test_a_provider_that_does_not_answer_is_told(db: None, told: Told) -> None:
    answer = CheckedClient().get("/logga-in/staden/")
    assert answer.status_code == 401
    assert told()[-1][0] == "accounts.session.refused"
    assert Client().get("/logga-in/finns-inte/").status_code == 404


def test_a_closed_account_stays_closed(provider: Provider, administrator: User) -> None:
    sign_in(Client(), provider)
    close(User.objects.exclude(pk=administrator.pk).get(), actor=administrator, reason="Slutat")
    client = CheckedClient()
    assert sign_in(client, provider)["Location"] == "/logga-in/"
    assert "Kontot är avstängt" in client.get("/logga-in/").content.decode()


def test_a_link_does_not_steer_what_is_asked_of_the_provider(provider: Provider) -> None:
    start = Client().get(
        "/logga-in/staden/?process=connect&scope=all&auth_params=prompt%3Dnone&next=//evil.example/"
    )
    assert "prompt" not in start["Location"]
    assert "all" not in start["Location"].split("scope=")[1].split("&")[0]
    client = CheckedClient()
    assert sign_in(client, provider, wanted="//evil.example/")["Location"] == "/"


@pytest.mark.parametrize(("two_factors", "goes_to"), [(True, None), (False, "/mina-inloggningar/")])
def test_a_provider_with_two_factors_is_enough(
    provider: Provider, administrator: User, settings: Any, two_factors: bool, goes_to: str | None
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    settings.IDENTITY_PROVIDERS = described(provider, two_factors=two_factors)
    sign_in(Client(), provider)
    user = User.objects.exclude(pk=administrator.pk).get()
    set_roles(user, [Role.CASE_OFFICER], actor=administrator, reason="Ny handläggare")
    client = CheckedClient()
    sign_in(client, provider)
    assert client.get("/medlemmar/").get("Location") == goes_to
    assert not Authenticator.objects.exists()


def test_a_name_that_is_taken_gets_another_username(provider: Provider, officer: User) -> None:
    provider.claims["preferred_username"] = officer.username
    sign_in(Client(), provider)
    assert User.objects.filter(username=officer.username).get() == officer
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{", "not JSON"),
        ("{}", "list of objects"),
        ('[{"id": "x"}]', "lacks name, server, client_id, secret"),
        ('[{"id": "kod", "name": "n", "server": "s", "client_id": "c", "secret": "s"}]', "can't be used"),
        ('[{"id": "Å", "name": "n", "server": "s", "client_id": "c", "secret": "s"}]', "can't be used"),
        ('[{"id": "x", "name": "n", "server": "s", "client_id": "c", "secret": "s", "y": 1}]', "unknown y"),
    ],
)
def test_a_wrong_setting_is_told_at_the_start(text: str, complaint: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=complaint):
        identity_providers(text)


def test_no_setting_is_no_provider() -> None:
    assert identity_providers(" ") == []
