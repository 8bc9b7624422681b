"""Every form of every page against hostile input: one clear sentence, nothing lost, never an error page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import ERROR, get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from tests.people import person, sign_in
from tests.web.faults.forms import LONG, STRANGE, Form, encoded, forms, rounds
from tests.web.faults.worlds import WORLDS
from tests.web.matrix import MATRIX, PUBLIC, SIGNED_IN
from tests.web.project.test_matrix import ADDRESSES, arguments

from pakten.accounts.models import Role, User

pytestmark = pytest.mark.django_db
Pairs = Sequence[tuple[str, str]]
FILES = (
    ("a\u202efdp.exe", b"MZ\x90\x00"),
    ("å" * 400 + ".pdf", b"%PDF-1.4\n%%EOF\n"),
    ("../../etc/passwd.csv", b"\xff\xfe\x00;\x00\n" * 50),
    ("=cmd|'.xlsx", b"PK\x03\x04 broken"),
    ("tom.xml", b""),
    ("djup.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + b"<a>" * 5_000),
    ("lang.csv", b"Namn\n" + b"x" * 1_000_000),
)
# Who sees most is asked first.
FIRST = (Role.MANAGER, Role.CASE_OFFICER, Role.REGISTRAR, Role.ADMINISTRATOR, Role.DIRECTOR)
# They take whatever is sent, or nothing: the answer is what was asked for.
WITHOUT_FAULT = ("/lank/", "/intyga/")
TOLD = ("error-summary", "errorlist", "field--error", "banner--stop", "banner--warn", 'role="alert"')


def opener(name: str) -> User | None:
    """Somebody who may open the address; None: anybody."""
    row = MATRIX[name]
    if row == PUBLIC:
        return person(Role.MANAGER) if name == "core:home" else None
    allowed = list(Role) if row == SIGNED_IN else [Role(role) for role in row]
    return person(next((role for role in FIRST if role in allowed), allowed[0]))


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        sign_in(client, user)
    return client


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_address_stands_hostile_input(name: str) -> None:
    user = opener(name)
    check(user, reverse(name, kwargs=arguments(name, user or AnonymousUser())))


@pytest.mark.parametrize("world", WORLDS)
def test_forms_that_show_in_some_states_only(world: str) -> None:
    user, address = WORLDS[world]()
    assert check(user, address), "the page has a form in this state"


def test_a_request_that_is_too_large_is_told_of_in_swedish(client: Client) -> None:
    body = encoded([("short_content", LONG * 6)])
    answer = client.post("/begar-handling/", body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert 'lang="sv"' in answer.content.decode() and "DATA_UPLOAD" not in answer.content.decode()


def check(user: User | None, address: str) -> int:
    """Try everything on the page; how many forms it has."""
    client = client_of(user)
    answer = client.get(address)
    found = [Form(address, ())] if answer.status_code == 405 else forms_of(answer, address)
    faults = [*hostile_queries(client, address)]
    for form in unlike(found):
        for kind, pairs in rounds(form):
            faults += [f"{form.action} {kind}: {fault}" for fault in sent(client, form, pairs=pairs)]
        for file in FILES if any(field.kind == "file" for field in form.fields) else ():
            faults += [f"{form.action} {file[0][:20]}: {fault}" for fault in sent(client, form, file=file)]
    assert not faults, "\n".join(faults)
    return len(found)


def forms_of(answer: Any, address: str) -> list[Form]:
    if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html") or answer.streaming:
        return []
    return forms(answer.content.decode(), address)


def unlike(found: list[Form]) -> list[Form]:
    """One of each kind: the same fields, sent to the same view."""
    kinds = {}
    for form in found:
        fields = tuple(sorted({(field.name, field.kind) for field in form.fields}))
        kinds.setdefault((fields, "".join(filter(str.isalpha, form.action))[:60]), form)
    return list(kinds.values())


def hostile_queries(client: Client, address: str) -> Iterator[str]:
    """What stands after the question mark: known names with strange values."""
    names = (
        "q",
        "page",
        "sida",
        "sort",
        "sektor",
        "sector",
        "state",
        "status",
        "from",
        "till",
        "per",
        "as_of",
    )
    first = client.get(address)
    is_page = first.get("Content-Type", "").startswith("text/html") and not first.streaming
    soup = BeautifulSoup(first.content if is_page else b"", "html.parser")
    shown = [str(tag["name"]) for tag in soup.select("form[method=get] [name], form:not([method]) [name]")]
    for step in (0, 5, 10, 15):
        pairs = [
            (name, STRANGE[(place + step) % len(STRANGE)])
            for place, name in enumerate(dict.fromkeys([*shown, *names]))
        ]
        answer = client.get(f"{address}?{encoded(pairs).decode()}")
        if answer.status_code >= 500:
            yield f"{address}?{pairs} answers {answer.status_code}"
        yield from unescaped(answer)


def sent(
    client: Client, form: Form, *, pairs: Pairs = (), file: tuple[str, bytes] | None = None
) -> list[str]:
    """Post the form, take back what it did, and tell what was wrong with the answer."""
    with transaction.atomic():
        try:
            answer = (
                client.post(form.action, with_file(form, *file)) if file else written(client, form, pairs)
            )
        except Exception as error:
            return [f"{type(error).__name__}: {str(error)[:300]}"]
        finally:
            transaction.set_rollback(True)
        return [*wrong_with(answer, form, pairs=pairs)]


def written(client: Client, form: Form, pairs: Pairs) -> Any:
    kind = "application/x-www-form-urlencoded"
    return client.post(form.action, encoded(list(pairs)), content_type=kind)


def with_file(form: Form, name: str, content: bytes) -> dict[str, Any]:
    """The form with a strange file in each place for one; the rest as a person would have it."""
    data: dict[str, Any] = dict([*form.chosen(), *form.marked()])
    return data | {
        field.name: SimpleUploadedFile(name, content) for field in form.fields if field.kind == "file"
    }


def wrong_with(answer: Any, form: Form, *, pairs: Pairs) -> Iterator[str]:
    if answer.status_code >= 500:
        yield f"answers {answer.status_code}"
    yield from unescaped(answer)
    if answer.status_code == 302:
        said = [str(message) for message in get_messages(answer.wsgi_request) if message.level >= ERROR]
        if said and any(pair in pairs for pair in form.marked()):
            yield f"is refused by a redirect, and what was typed is lost: {said}"
    if answer.status_code not in {200, 422} or answer.streaming:
        return
    page = answer.content.decode()
    taken = answer.status_code == 200 and any(name in form.action for name in WITHOUT_FAULT)
    if not taken and not any(sign in page for sign in TOLD):
        yield f"answers {answer.status_code} without a word"
    if answer.status_code == 422:
        lost = [name for name, mark in form.marked() if (name, mark) in pairs and escape(mark) not in page]
        if lost:
            yield f"loses what was typed in {lost}"


def unescaped(answer: Any) -> Iterator[str]:
    if answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
        return
    page = answer.content
    if b"<script>alert" in page:
        yield "a script on the page"
    if len(page) > len(LONG) * 3:
        yield f"a page of {len(page)} bytes"
