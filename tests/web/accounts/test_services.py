"""Making accounts and giving roles."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.core.management.base import CommandError
from tests.people import person

from pakten.accounts.models import Role, User
from pakten.accounts.policies import roles_of
from pakten.accounts.services import add_user, set_roles
from pakten.audit.models import Entry

PASSWORD = "fyra blå hästar i regn"
NAME = ("Nils", "Nykvist")


def test_an_administrator_adds_a_person(administrator: User) -> None:
    user = add_user(
        "nils", NAME, roles=[Role.AUDITOR], password=PASSWORD, actor=administrator, title="Revisor"
    )
    assert (str(user), user.title, roles_of(user)) == ("Nils Nykvist", "Revisor", {Role.AUDITOR})
    assert user.check_password(PASSWORD)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.object_id) == (
        "accounts.user.added",
        administrator,
        str(user.pk),
    )
    assert PASSWORD not in str(entry.after)


def test_nobody_else_adds_a_person(officer: User, manager: User) -> None:
    for actor in (officer, manager, person(None)):
        with pytest.raises(PermissionDenied):
            add_user("nils", NAME, roles=[], password=PASSWORD, actor=actor)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("password", ["kort", "password1234", "nilsnykvist1"])
def test_a_weak_password_is_refused_and_nothing_is_made(administrator: User, password: str) -> None:
    with pytest.raises(ValidationError):
        add_user("nils", NAME, roles=[], password=password, actor=administrator)
    assert not User.objects.filter(username="nils").exists()


def test_a_username_belongs_to_one(administrator: User) -> None:
    with pytest.raises(ValidationError):
        add_user(administrator.username, NAME, roles=[], password=PASSWORD, actor=administrator)


def test_roles_are_set_as_a_whole_and_logged_with_what_was(administrator: User, officer: User) -> None:
    assert roles_of(officer) == {Role.CASE_OFFICER}
    set_roles(officer, [Role.MANAGER, Role.AUDITOR], actor=administrator, reason="Ny tjänst")
    assert roles_of(officer) == {Role.MANAGER, Role.AUDITOR}
    entry = Entry.objects.get()
    assert (entry.before, entry.after) == ({"roles": ["case_officer"]}, {"roles": ["auditor", "manager"]})
    assert entry.reason == "Ny tjänst"


def test_nobody_gives_themselves_roles(administrator: User, officer: User) -> None:
    with pytest.raises(PermissionDenied, match="dina egna roller"):
        set_roles(administrator, [*Role], actor=administrator)
    with pytest.raises(PermissionDenied):
        set_roles(officer, [*Role], actor=officer)
    assert roles_of(officer) == {Role.CASE_OFFICER}


def test_an_operator_makes_the_first_administrator(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    call_command("add_user", "nils", *NAME, "--role=administrator", "--role=manager", stdout=io.StringIO())
    assert roles_of(User.objects.get(username="nils")) == {Role.ADMINISTRATOR, Role.MANAGER}
    monkeypatch.setattr("sys.stdin", io.StringIO("kort\n"))
    with pytest.raises(CommandError) as refused:
        call_command("add_user", "olle", *NAME, "--role=auditor")
    assert refused.value.returncode == 2
