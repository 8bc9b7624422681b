"""The diary's part: what the system draws up to send, and what it registers once it has left."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from tests.people import person
from tests.web.records import diary

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.records.models import Became, PublicEntry
from pakten.records.models import State as Paper
from pakten.records.refusals import RecordsRefused
from pakten.records.services import Paper as NewPaper
from pakten.records.services import discard, draw_up_to_send, register_dispatch

pytestmark = pytest.mark.django_db

LETTER = NewPaper("Besked", "letter", "Karin Berg", to_person=True)


def test_the_system_may_draw_up_and_register_and_the_log_says_so() -> None:
    record = draw_up_to_send(diary.case(), LETTER, actor=None, files=[diary.paper("a.pdf")])
    assert (record.state, record.number) == (Paper.DRAFT, "")
    assert not PublicEntry.objects.filter(record=record).exists(), "L-04: a draft is in no diary"
    record = register_dispatch(record, actor=None, as_sent=[diary.paper("b.eml")])
    assert (record.state, record.became, record.created_by) == (Paper.RECORD, Became.DISPATCHED, None)
    assert [(file.position, file.original_name) for file in record.files.all()] == [
        (1, "a.pdf"),
        (2, "b.eml"),
    ]
    last = Entry.objects.get(action="records.record.dispatched")
    assert (last.actor, last.after["number"]) == (None, record.number)


def test_a_person_needs_the_role(officer: User) -> None:
    contact = person(Role.MEMBER_CONTACT)
    with pytest.raises(PermissionDenied):
        draw_up_to_send(diary.case(), LETTER, actor=contact)
    record = draw_up_to_send(diary.case(), LETTER, actor=officer)
    with pytest.raises(PermissionDenied):
        register_dispatch(record, actor=contact)


def test_what_is_discarded_or_has_nobody_to_go_to_does_not_leave(officer: User) -> None:
    with pytest.raises(RecordsRefused, match="vem handlingen går till"):
        draw_up_to_send(diary.case(), NewPaper("Besked", "letter"), actor=officer)
    record = draw_up_to_send(diary.case(), LETTER, actor=officer)
    discard(record, actor=officer, expected_version=record.version)
    with pytest.raises(RecordsRefused, match="rensad eller gallrad"):
        register_dispatch(record, actor=None)
