"""The invented history: figures that live, two records written twice, a group of three."""

from __future__ import annotations

import pytest
from django.utils import timezone

from pakten.demo.history import LEFT, seed_history
from pakten.demo.seed import administrator, seed_network
from pakten.figures import catalogue
from pakten.figures.figure import rows
from pakten.members.models import State
from pakten.members.queries import active_memberships
from pakten.members.queries.duplicates import candidates
from pakten.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_the_history_is_seeded_once_and_the_network_stays_as_large() -> None:
    now = timezone.now()
    seed_network(now=now)
    members = active_memberships().count()
    assert seed_history(administrator(), now=now) == LEFT + 1
    assert seed_history(administrator(), now=now) == LEFT + 1
    assert active_memberships().filter(state=State.ACTIVE).count() == members
    planted = [pair for pair in candidates().pairs if not pair.against]
    assert len(planted) == 2, [(str(p.one), str(p.other), p.reasons) for p in planted]
    assert sorted(Organisation.objects.exclude(group_members=None).values_list("group_members", flat=True))
    assert Organisation.objects.exclude(group_parent=None).count() == 2
    last = rows(catalogue.REASONS, timezone.localdate())
    assert sum(int(cell.value or 0) for row in last for cell in row.cells) == LEFT
    assert all(row.total or any(cell.value for cell in row.cells) for row in last[1:-1])
