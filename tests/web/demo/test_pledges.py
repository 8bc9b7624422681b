"""The demo's pledges: everybody the first words, some the new ones, and nobody's silence counted as a yes."""

from __future__ import annotations

import pytest
from django.utils import timezone

from pakten.accounts.services import add_demo_people
from pakten.audit.models import Entry
from pakten.audit.services import verify
from pakten.demo.pledges import ANSWERS, BY_TELEPHONE, seed_pledges
from pakten.demo.seed import seed_network
from pakten.members.models import Campaign, Membership, Pledge, PledgeText
from pakten.members.queries.campaigns import Reply, counts


@pytest.mark.django_db
def test_every_member_pledged_the_first_words_and_some_have_answered_about_the_new(settings) -> None:
    settings.DEMO = True
    now = timezone.now()
    seed_network(now=now)
    people = add_demo_people()
    assert seed_pledges(people, now=now) == ANSWERS + BY_TELEPHONE
    first = PledgeText.objects.filter(number=1)
    assert Pledge.objects.filter(text__in=first).count() == 2 * Membership.objects.count()
    assert Entry.objects.filter(action="members.pledges.recorded").count() == 2
    found = counts(Campaign.objects.get())
    assert found.everybody() == Membership.objects.filter(state="active").count()
    assert all(found.of(reply) for reply in Reply)
    assert verify().ok
    before = Entry.objects.count()
    assert seed_pledges(people, now=now) == ANSWERS + BY_TELEPHONE
    assert Entry.objects.count() == before
