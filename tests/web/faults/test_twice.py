"""A form sent twice is sent once: each public form, pressed twice and pressed at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from tests.people import person, sign_in
from tests.web.faults.forms import Form, forms
from tests.web.members.applying import objects
from tests.web.members.own_file import correspondence
from tests.web.members.pledges import asking

from pakten.accounts.models import Role, User
from pakten.audit.verification import verify
from pakten.letters.models import OutboxMessage
from pakten.members.models import Application, Message, Pledge
from pakten.members.services.applications_completion import CompletionFacts, ask_completion
from pakten.organisations.models import Sector
from pakten.records.models import Record, RecordRequest

SERIALS = count(50)


@dataclass(frozen=True)
class Page:
    """A page with a form, who has it open, and what is written in it."""

    address: str
    written: dict[str, Any]
    who: User | None = None

    def client(self) -> Client:
        client = Client()
        if self.who is not None:
            sign_in(client, self.who)
        return client


def application() -> Page:
    return Page(f"/ansok/{objects.begun(serial=next(SERIALS))[1]}/kontrollera/", {})


def _after(page: str, **written: str) -> Page:
    sent, token = objects.sent(Sector.CIVIL, serial=next(SERIALS))
    officer = person(Role.CASE_OFFICER)
    facts = CompletionFacts(("Stadgar",), "Vi hittar dem inte.")
    ask_completion(sent, facts, actor=officer, expected_version=sent.version)
    return Page(f"/ansok/{token}/{page}/", dict(written))


def pledge() -> Page:
    row = asking.asked()
    written = {"name": "Ann Björk", "role": "ordförande", "speaks": "on", "answer": "intyga"}
    return Page(f"/intyga/{asking.secret_of(row)}/", written)


def wrong_person() -> Page:
    row = asking.asked("Annat Åkeri AB")
    return Page(f"/intyga/{asking.secret_of(row)}/fel-person/", {"text": "Fråga Bo Ek."})


def message() -> Page:
    kim = person(Role.MEMBER_CONTACT)
    row = correspondence.contact_as(kim)
    address = f"/min-organisation/{row.organisation.public_id}/meddelanden/"
    return Page(address, {"text": "När är nästa möte?"}, kim)


def record_request() -> Page:
    return Page("/begar-handling/", {"text": "Jag vill läsa ansökan."})


PAGES: dict[str, Callable[[], Page]] = {
    "application": application,
    "completion": lambda: _after("komplettera", text="Här kommer de."),
    "comment": lambda: _after("synpunkter", text="Vi har flyttat."),
    "withdrawal": lambda: _after("aterkalla", reason="Vi läggs ner."),
    "pledge": pledge,
    "wrong person": wrong_person,
    "message": message,
    "record request": record_request,
}


# What each form makes; a mail in a case is a record too.
ONCE: dict[str, dict[str, int]] = {
    "application": {"Application": 1, "Record": 2, "Pledge": 2, "OutboxMessage": 1},
    "completion": {"Record": 1},
    "comment": {"Record": 1},
    "withdrawal": {"Record": 2, "OutboxMessage": 1},
    "pledge": {"Record": 1, "Pledge": 1, "OutboxMessage": 1},
    "wrong person": {"Record": 1},
    "message": {"Record": 1, "Message": 1},
    "record request": {"Record": 1, "RecordRequest": 1},
}


def stored() -> dict[str, int]:
    """How many there are of all that the forms make."""
    made = (Record, Application, Message, Pledge, OutboxMessage, RecordRequest)
    return {model.__name__: model._default_manager.count() for model in made}


def filled(page: Page) -> tuple[Form, dict[str, Any]]:
    """The form on the page as a person fills it in."""
    answer = page.client().get(page.address)
    assert answer.status_code == 200, page.address
    found = forms(answer.content.decode(), page.address)
    form = next(form for form in found if form.action.rstrip("/") == page.address.rstrip("/"))
    hidden = {field.name: field.value for field in form.fields if field.kind == "hidden"}
    return form, hidden | page.written


def press(page: Page, form: Form, data: dict[str, Any]) -> Any:
    try:
        return page.client().post(form.action, data)
    finally:
        if connection.in_atomic_block is False:
            connection.close()


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_pressed_three_times(name: str) -> None:
    page = PAGES[name]()
    form, data = filled(page)
    before = stored()
    answers = [press(page, form, data) for _ in range(3)]
    assert {answer.status_code for answer in answers} <= {200, 302}, "the person sees that it arrived"
    assert made_since(before) == ONCE[name]


@pytest.mark.django_db(transaction=True)
def test_pressed_at_the_same_moment() -> None:
    for name, make in PAGES.items():
        page = make()
        form, data = filled(page)
        before = stored()
        with ThreadPoolExecutor(3) as many:
            sent = [many.submit(press, page, form, data) for _ in range(3)]
        codes = sorted(each.result().status_code for each in sent)
        assert codes[0] < 400 and set(codes) <= {200, 302, 422}, (name, codes)
        assert made_since(before) == ONCE[name], name
    assert verify().ok


def made_since(before: dict[str, int]) -> dict[str, int]:
    return {kind: number - before[kind] for kind, number in stored().items() if number != before[kind]}
