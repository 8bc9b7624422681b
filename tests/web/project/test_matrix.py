"""Every address, for every role: open where the table says so, closed everywhere else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from tests.people import person
from tests.web.matrix import MATRIX, OBJECTS, PUBLIC, SIGNED_IN

from pakten.accounts.access import is_declared, public, roles
from pakten.accounts.models import Role, User
from pakten.accounts.policies import EVERYBODY, check_role, has_role

MISSING: dict[str, Any] = {"IntConverter": 999_999, "SlugConverter": "saknas", "StringConverter": "saknas"}


def addresses(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Each address of the site with its full name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            yield f"{space}{pattern.name}", pattern


ADDRESSES = dict(addresses())


def ask(client: Client, url: str) -> HttpResponse:
    """GET, or POST where the view only writes."""
    answer = client.get(url)
    return client.post(url) if answer.status_code == 405 else answer  # type: ignore[return-value]


def arguments(name: str, user: User | AnonymousUser) -> dict[str, Any]:
    if name in OBJECTS:
        return OBJECTS[name](user)  # type: ignore[arg-type]
    converters = ADDRESSES[name].pattern.converters
    return {key: MISSING[type(converter).__name__] for key, converter in converters.items()}


def to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer["Location"].split("?")[0] == resolve_url(settings.LOGIN_URL)


def test_every_address_has_a_name_and_a_row() -> None:
    unnamed = [str(pattern.pattern) for name, pattern in ADDRESSES.items() if name.endswith("None")]
    assert not unnamed, "give the address a name"
    assert set(ADDRESSES) - set(MATRIX) == set(), "add a row to tests/web/matrix.py"
    assert set(MATRIX) | set(OBJECTS) <= set(ADDRESSES), "the row has no address any more"


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_view_declares_what_the_row_says(name: str) -> None:
    view = ADDRESSES[name].callback
    assert is_declared(view), "put @roles(...) or @public on the view"
    if view.is_public:  # type: ignore[attr-defined]
        declared: object = PUBLIC
    else:
        declared = SIGNED_IN if view.is_signed_in else set(view.allowed_roles)  # type: ignore[attr-defined]
    row = MATRIX.get(name, "no row in tests/web/matrix.py")
    assert declared == (row if isinstance(row, str) else {str(role) for role in row})


@pytest.mark.parametrize("name", [name for name in ADDRESSES if MATRIX.get(name) != PUBLIC])
def test_each_role_meets_what_the_row_says(db: None, name: str) -> None:
    row = MATRIX.get(name, ())
    allowed = {*Role, None} if row == SIGNED_IN else {str(role) for role in row}
    faults = []
    for role in [*Role, None]:
        user, client = person(role), Client()
        client.force_login(user)
        answer = ask(client, reverse(name, kwargs=arguments(name, user)))
        opened = answer.status_code != 403 and not to_sign_in(answer)
        if opened != (role in allowed) or answer.status_code >= 500:
            faults.append(f"{role}: {answer.status_code}")
    visitor = ask(Client(), reverse(name, kwargs=arguments(name, AnonymousUser())))
    if not to_sign_in(visitor):
        faults.append(f"visitor: {visitor.status_code}")
    assert not faults


# The living page of components is only there in debug mode; a link without its secret leads nowhere.
NOTHING_THERE = {"core:components", "accounts:choose_password"}


@pytest.mark.parametrize("name", [name for name in ADDRESSES if MATRIX.get(name) == PUBLIC])
def test_public_addresses_answer_everybody(db: None, name: str) -> None:
    client = Client()
    url = reverse(name, kwargs=arguments(name, AnonymousUser()))
    assert ask(client, url).status_code < 403 or name in NOTHING_THERE
    client.force_login(person(None))
    assert ask(client, url).status_code < 403 or name in NOTHING_THERE


def test_a_fragment_sends_the_whole_page_to_the_sign_in(db: None, client: Client) -> None:
    answer = client.get(
        "/jobb/", headers={"HX-Request": "true", "Referer": "http://testserver/jobb/?state=done"}
    )
    assert answer.status_code == 401
    assert answer["HX-Redirect"].startswith(resolve_url(settings.LOGIN_URL))


@public
def _open(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def _forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("never seen")


class _Addresses:
    urlpatterns = [path("open/", _open), path("forgotten/", _forgotten)]


def test_a_view_that_forgot_to_declare_is_closed_to_all(db: None) -> None:
    with override_settings(ROOT_URLCONF=_Addresses):
        for role in [*Role, None]:
            client = Client()
            client.force_login(person(role))
            assert client.get("/forgotten/").status_code == 403
        assert Client().get("/forgotten/").status_code == 403
        assert Client().get("/open/").status_code == 200


def test_a_declaration_names_at_least_one_role() -> None:
    with pytest.raises(ValueError, match="at least one role"):
        roles()


def test_roles_are_asked_of_active_people_only(officer: User) -> None:
    assert has_role(officer, Role.CASE_OFFICER, Role.MANAGER)
    assert not has_role(officer, Role.MANAGER)
    assert not has_role(None, *EVERYBODY)
    assert not has_role(AnonymousUser(), *EVERYBODY)
    gone = User.objects.get(pk=officer.pk)
    gone.is_active = False
    assert not has_role(gone, Role.CASE_OFFICER)
    boss = User.objects.create(username="super", is_superuser=True)
    assert not has_role(boss, *EVERYBODY), "a superuser has the roles that were given, no more"


def test_the_refusal_names_the_roles_in_swedish(officer: User) -> None:
    with pytest.raises(PermissionDenied, match="Chef eller Administratör"):
        check_role(officer, Role.MANAGER, Role.ADMINISTRATOR)
    with pytest.raises(PermissionDenied, match="rollen Revisor"):
        check_role(officer, Role.AUDITOR)
