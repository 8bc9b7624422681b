"""Two browsers at one application, step by step: one wins, the other is told and keeps what was typed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from html import escape
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import ERROR, get_messages
from django.db import connection
from django.test import Client
from django.urls import resolve, reverse
from tests.people import sign_in
from tests.web.faults.steps import STEPS, Data, Step
from tests.web.pages import CheckedClient

from pakten.accounts.models import User
from pakten.audit.verification import verify


def browser(user: User, *, kind: type[Client] = Client) -> Client:
    client = kind()
    sign_in(client, user)
    return client


def addresses(step: Step, first: str) -> tuple[str, str]:
    return first, reverse(step.other, kwargs=resolve(first).kwargs) if step.other else first


def was_told(answer: Any) -> list[str]:
    """What the page, or the next one, says of why it was not done."""
    if answer.status_code == 302:
        return [str(each) for each in get_messages(answer.wsgi_request) if each.level >= ERROR]
    assert answer.status_code == 422, answer.status_code
    summary = BeautifulSoup(answer.content, "html.parser").select_one(".error-summary")
    return [summary.get_text(" ", strip=True)] if summary else []


@pytest.mark.django_db
@pytest.mark.parametrize("name", STEPS)
def test_the_one_who_comes_later_is_told_and_keeps_what_was_typed(name: str) -> None:
    step = STEPS[name]
    address, version = step.make()
    one, two = step.people()
    first, second = addresses(step, address)
    before = step.times_done()
    assert not was_told_or_done(browser(one).post(first, version | step.first))
    answer = browser(two, kind=CheckedClient).post(second, version | step.second)
    assert was_told(answer), "a sentence"
    assert step.times_done() == before + 1
    page = answer.content.decode() if answer.status_code == 422 else ""
    assert not [words for words in step.typed if escape(words) not in page]


def was_told_or_done(answer: Any) -> list[str]:
    return was_told(answer) if answer.status_code == 302 else [answer.content.decode()]


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_each_step_is_done_once() -> None:
    for name, step in STEPS.items():
        address, version = step.make()
        before = step.times_done()
        sent = zip(step.people(), addresses(step, address), (step.first, step.second), strict=True)

        def press(who: User, where: str, data: Data, *, shown: Data = version) -> Any:
            try:
                return browser(who).post(where, shown | data)
            finally:
                connection.close()

        with ThreadPoolExecutor(2) as both:
            answers = [each.result() for each in [both.submit(press, *one) for one in sent]]
        refused = [answer for answer in answers if answer.status_code == 422 or was_told(answer)]
        assert step.times_done() == before + 1, name
        assert len(refused) == 1 and was_told(refused[0]), name
    assert verify().ok
