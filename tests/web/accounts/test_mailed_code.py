"""A code by e-mail: for members' contacts only, in one browser, once, for a quarter of an hour."""

from __future__ import annotations

import re
import smtplib
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import override_settings
from tests.people import person
from tests.web.accounts.conftest import PASSWORD
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, RoleAssignment, User

ASK, WRITE = "/logga-in/kod/", "/logga-in/kod/skriv/"
Told = Callable[[], list[tuple[str, Any]]]
ADDRESS = "kim@exempel.example"


def ask(address: str = ADDRESS) -> CheckedClient:
    client = CheckedClient()
    assert client.post(ASK, {"email": address})["Location"] == WRITE
    return client


def mailed(run_jobs: Callable[[], None]) -> str:
    run_jobs()
    found = re.search(r"^    (\S+)$", mail.outbox[-1].body, re.MULTILINE)
    assert found
    return found[1]


def test_a_contact_gets_in(kim: User, told: Told, run_jobs: Callable[[], None]) -> None:
    client = ask()
    assert ADDRESS in client.get(WRITE).content.decode()
    code = mailed(run_jobs)
    assert mail.outbox[0].to == [ADDRESS]
    assert client.post(WRITE, {"code": code.lower().replace("-", " ")})["Location"] == "/"
    assert client.session["_auth_user_id"] == str(kim.pk)
    assert told() == [("accounts.session.opened", {"methods": ["code"]})]


def test_the_code_works_once(kim: User, run_jobs: Callable[[], None]) -> None:
    client = ask()
    code = mailed(run_jobs)
    client.post(WRITE, {"code": code})
    client.post("/logga-ut/")
    assert client.post(WRITE, {"code": code})["Location"] == ASK
    client.post(ASK, {"email": ADDRESS})
    assert client.post(WRITE, {"code": code}).status_code == 200, "a new code, the old one is worth nothing"


def test_the_code_works_only_in_the_browser_that_asked(kim: User, run_jobs: Callable[[], None]) -> None:
    ask()
    code = mailed(run_jobs)
    other = CheckedClient()
    assert other.post(WRITE, {"code": code})["Location"] == ASK
    other = ask()
    assert other.post(WRITE, {"code": code}).status_code == 200
    assert "_auth_user_id" not in other.session


def test_the_code_expires(kim: User, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    client = ask()
    code = mailed(run_jobs)
    clock = SimpleNamespace(time=lambda: time.time() + 15 * 60 + 1)
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time", clock)
    assert client.post(WRITE, {"code": code})["Location"] == ASK
    assert "_auth_user_id" not in client.session


def test_three_wrong_codes_end_it(kim: User, told: Told, run_jobs: Callable[[], None]) -> None:
    client = ask()
    code = mailed(run_jobs)
    answers = [client.post(WRITE, {"code": "fel"}).status_code for _ in range(3)]
    assert answers == [200, 200, 302]
    assert client.post(WRITE, {"code": code})["Location"] == ASK
    assert told() == [("accounts.session.refused", {"methods": ["code"], "throttled": False})] * 3


def test_staff_get_no_code_and_nobody_sees_the_difference(
    kim: User, hanna: User, run_jobs: Callable[[], None]
) -> None:
    hanna.email = "hanna@exempel.example"
    hanna.save()
    both = person(Role.MEMBER_CONTACT, again=1)
    both.email = "bada@exempel.example"
    both.save()
    RoleAssignment.objects.create(user=both, role=Role.MANAGER)
    closed = person(Role.MEMBER_CONTACT, again=2)
    closed.email, closed.is_active = "stangd@exempel.example", False
    closed.save()
    names = ["kim", "hanna", "bada", "stangd", "okand"]
    pages = []
    for name in names:
        address = f"{name}@exempel.example"
        client = ask(address)
        written = client.get(WRITE).content.decode()
        wrong = client.post(WRITE, {"code": "BCDF-GHJK"}).content.decode()
        pages.append(re.sub(r'value="[^"]{64}"', "", (written + wrong).replace(address, "")))
    assert len(set(pages)) == 1
    run_jobs()
    assert [message.to for message in mail.outbox] == [["kim@exempel.example"]]


def test_a_mail_server_that_is_down_does_not_tell_who_is_known(
    kim: User, run_jobs: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_arguments: object, **_named: object) -> int:
        raise smtplib.SMTPConnectError(421, "down")

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", down)
    assert ask().get(WRITE).status_code == 200


def test_a_mailbox_is_not_filled(kim: User) -> None:
    client = CheckedClient()
    for _ in range(5):
        ask()
    stopped = client.post(ASK, {"email": ADDRESS.upper()})
    assert "Vänta fem minuter" in stopped.content.decode()


def test_two_contacts_with_one_address_get_none(kim: User, run_jobs: Callable[[], None]) -> None:
    twin = person(Role.MEMBER_CONTACT, again=1)
    twin.email = ADDRESS.upper()
    twin.save()
    ask()
    run_jobs()
    assert not mail.outbox


def test_starting_over_forgets_the_code(kim: User, run_jobs: Callable[[], None]) -> None:
    client = ask()
    assert client.get("/logga-in/")["Location"] == WRITE
    client.post("/logga-ut/")
    assert client.get("/logga-in/").status_code == 200


@pytest.mark.parametrize(
    "address", ["", "x", "a b@c.example", "x" * 300 + "@exempel.example", "a@b.example\n"]
)
def test_a_bad_address_is_told_in_swedish(kim: User, address: str) -> None:
    with override_settings(ACCOUNT_RATE_LIMITS=False):
        answer = CheckedClient().post(ASK, {"email": address})
    if answer.status_code == 200:
        assert re.search("Fyll i din|på formen namn", answer.content.decode())


def test_a_contact_has_no_password_to_guess(kim: User) -> None:
    client = CheckedClient()
    assert client.post("/logga-in/", {"login": "kim", "password": PASSWORD}).status_code == 200
