"""At the same moment: the same form twice, two officers on one message, two invitations of one address."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from tests.people import person
from tests.web.members import register
from tests.web.members.own_file import correspondence

from pakten.accounts.models import Role, User
from pakten.members.models import Message
from pakten.members.services.messages import answer
from pakten.organisations.models import ContactPerson
from pakten.organisations.refusals import Refused
from pakten.organisations.services import invite_contact
from pakten.records.models import Case, Record

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 4


def together(act: Callable[[int], object]) -> list[object]:
    """What each of those who act at the same moment gets: a result, or its refusal."""
    start = threading.Barrier(AT_ONCE)

    def one(number: int) -> object:
        start.wait()
        try:
            return act(number)
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, range(AT_ONCE)))


def test_one_form_sent_four_times_is_one_paper() -> None:
    """L-03: acknowledged once, registered once, no number wasted."""
    row = correspondence.contact_as(person(Role.MEMBER_CONTACT))
    form = uuid4()
    sent = together(lambda _: correspondence.incoming(row, submission=form).pk)
    assert len(set(sent)) == 1
    assert (Message.objects.count(), Record.objects.count(), Case.objects.count()) == (1, 1, 1)


def test_of_four_who_answer_one_wins_and_the_others_are_told() -> None:
    found = correspondence.incoming()
    people = [person(Role.CASE_OFFICER, again=number) for number in range(AT_ONCE)]

    def act(number: int) -> int:
        seen = Message.objects.get(pk=found.pk)
        words = correspondence.written(f"Svar {number}.")
        return answer(seen, words, actor=people[number], expected_version=1).pk

    got = together(act)
    assert sum(isinstance(each, Refused) for each in got) == AT_ONCE - 1
    assert Message.objects.filter(reply_to=found).count() == 1
    assert Record.objects.filter(direction="out").count() == 1


def test_one_address_invited_by_four_has_one_account() -> None:
    """Two accounts with one address would shut the contact out: the code goes to neither."""
    rows = [
        correspondence.contact(register.member(f"Ekens Bageri {number} AB"), email="ann@example.se")
        for number in range(AT_ONCE)
    ]
    officer = person(Role.CASE_OFFICER)
    together(
        lambda number: invite_contact(
            ContactPerson.objects.get(pk=rows[number].pk), actor=officer, expected_version=1
        )
    )
    assert User.objects.filter(email="ann@example.se").count() == 1
    assert ContactPerson.objects.exclude(user=None).exists()
