"""The demo before today: the network, and what people have done with it during the last months."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from pakten.accounts.services import add_demo_people
from pakten.demo import deviations, diary, visits
from pakten.demo.clock import play, put_back
from pakten.demo.contacts import seed_contacts
from pakten.demo.history import seed_history
from pakten.demo.seed import Seeded, administrator, seed_network
from pakten.letters.models import OutboxMessage, State
from pakten.letters.policies import GIVE_UP_AFTER

# Before the oldest that people have done.
BEGAN = timedelta(days=120)


@transaction.atomic
def seed_past(*, now: datetime) -> Seeded:
    """Store all that was before today where it is not yet, in the order of time, all of it or nothing.

    Raises NotEmpty when the database is somebody else's.
    """
    then = now - BEGAN
    with put_back(then):
        seeded = seed_network(now=then)
        people = add_demo_people()
        seed_history(administrator(), now=now)
        seed_contacts(people, now=then)
    stories = (diary.scenes, deviations.scenes, visits.scenes)
    play([scene for scenes in stories for scene in scenes(people, now=now)], until=now)
    if seeded.new:
        # There was nobody to send the letters of the past: they leave with the first worker.
        OutboxMessage.objects.filter(state=State.QUEUED).update(try_until=now + GIVE_UP_AFTER)
    return seeded
