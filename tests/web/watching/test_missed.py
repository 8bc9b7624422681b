"""A visit that the watching could not be told of is seen where the watching is."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.people import person
from tests.web.members.register import proposed_rest
from tests.web.pages import CheckedClient
from tests.web.visits.world import NAME, invented, member, visited

from pakten.accounts.models import Role
from pakten.records.services import declare_conflict
from pakten.visits.models import Untold
from pakten.visits.queries.untold import MOST, THE_WATCHING

pytestmark = pytest.mark.django_db
HEADING = "Besök som bevakningen inte har fått veta av"


def overview(role: Role) -> str:
    client = CheckedClient()
    client.force_login(person(role))
    return client.get(reverse("watching:overview")).content.decode()


def test_a_missed_recontrol_is_seen() -> None:
    membership = member()
    with invented():
        visit = visited(membership)
    row = Untold.objects.create(visit=visit, listener=THE_WATCHING, tries=MOST - 1)
    assert HEADING not in overview(Role.CASE_OFFICER), "it is still tried"
    Untold.objects.filter(pk=row.pk).update(tries=MOST)
    address = reverse("visits:visit", args=[visit.pk])
    page = overview(Role.CASE_OFFICER)
    assert HEADING in page and NAME in page and address in page
    page = overview(Role.ADMINISTRATOR)
    assert HEADING in page and address not in page, "whoever may not open visits is told all the same"
    Untold.objects.filter(pk=row.pk).update(listener="another")
    assert HEADING not in overview(Role.CASE_OFFICER), "another listener makes no re-control"


def test_a_missed_recontrol_of_a_closed_member_is_not_told_of() -> None:
    """L-17."""
    membership = member()
    with invented():
        visit = visited(membership)
    Untold.objects.create(visit=visit, listener=THE_WATCHING, tries=MOST)
    officer = person(Role.CASE_OFFICER)
    declare_conflict(proposed_rest(membership).case, officer, actor=officer, reason="Min svåger")
    assert HEADING not in overview(Role.CASE_OFFICER) and HEADING in overview(Role.MANAGER)
