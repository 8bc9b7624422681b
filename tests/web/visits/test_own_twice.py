"""A person's own visit sent twice at the same moment: kept once, and both requests lead to the same page."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from unittest import mock
from uuid import UUID, uuid4

import pytest
from django.db import connection
from tests.people import person
from tests.web.visits import seen
from tests.web.visits.world import member

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.visits.models import Visit
from pakten.visits.services import own_visit


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_is_kept_once() -> None:
    organisation, officer, number = member().organisation, person(Role.CASE_OFFICER), uuid4()
    both, check = Barrier(2, timeout=1), own_visit._check

    def together(told: own_visit.OwnVisit) -> None:
        """Both have looked for an earlier one by now, where the database lets two look at once."""
        check(told)
        try:
            both.wait()
        except Exception:  # the other waits for the database: then it comes after us, and finds ours
            both.abort()

    def send(number: UUID) -> int:
        try:
            told = seen.told()
            return own_visit.write_own_visit(organisation, told, actor=officer, submission=number).pk
        finally:
            connection.close()

    with mock.patch.object(own_visit, "_check", together), ThreadPoolExecutor(2) as pool:
        found = list(pool.map(send, [number, number]))
    assert found[0] == found[1] == Visit.objects.get().pk
    assert Visit.objects.get().files.count() == 1
    assert Entry.objects.filter(action="visits.visit.written").count() == 1
