"""Takes in the two editions of the invented list, as a person who reads in a file would."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from pakten.accounts.models import User
from pakten.checks.models import Origin
from pakten.checks.queries.lists import editions_of
from pakten.checks.services.editions import Arrival, take_edition
from pakten.demo.listed import first_edition, second_edition
from pakten.demo.sanctions import LIST_ID, file_name, write_list

# How long before the seeding each edition was published; the newer one came in just now.
_EDITIONS = ((first_edition, timedelta(days=15)), (second_edition, timedelta(days=1)))


def seed_editions(*, actor: User, now: datetime) -> int:
    """Take in those of the two editions that are missing, the newer last. Answers how many they were."""
    missing = _EDITIONS[editions_of(LIST_ID).count() :]
    with tempfile.TemporaryDirectory(prefix="pakten-demo-") as folder:
        for parties, age in missing:
            published = (now - age).replace(microsecond=0)
            path = Path(folder) / file_name(published)
            path.write_bytes(write_list(parties(), published))
            arrived = now if age is _EDITIONS[-1][1] else published + timedelta(hours=2)
            take_edition(LIST_ID, path, actor=actor, arrival=Arrival(Origin.IMPORTED, arrived))
    return len(missing)
