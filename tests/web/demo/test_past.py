"""The demo has a past that ends today, in the order of time, within the laws of the diary and the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from pakten.audit.models import Entry
from pakten.audit.verification import verify
from pakten.demo.clock import play, put_back
from pakten.deviations.models import Deviation, HearingState
from pakten.letters.models import OutboxMessage, State
from pakten.organisations.models import ContactPerson
from pakten.records.models import Case, Record
from pakten.visits.models import Visit


def test_steps_are_played_in_the_order_of_time_and_none_after_today() -> None:
    told: list[tuple[str, datetime]] = []
    until = datetime(2026, 11, 22, tzinfo=UTC)

    def scene(name: str, *steps: int) -> Iterator[timedelta]:
        told.append((name, timezone.now()))
        for step in steps:
            yield timedelta(days=step)
            told.append((name, timezone.now()))

    long_ago, lately = until - timedelta(days=30), until - timedelta(days=25)
    play([(lately, scene("late", 1)), (long_ago, scene("early", 6, 90))], until=until)
    assert [name for name, _ in told] == ["early", "late", "late", "early", "early"]
    assert [(until - at).days for _, at in told] == [30, 25, 24, 24, 0]
    assert abs(timezone.now() - datetime.now(UTC)) < timedelta(minutes=1), "and the clock goes right again"


def test_the_clock_goes_right_again_whatever_happens() -> None:
    with pytest.raises(RuntimeError), put_back(datetime(2020, 1, 1, tzinfo=UTC)):
        assert timezone.localdate().year == 2020
        raise RuntimeError
    assert abs(timezone.now() - datetime.now(UTC)) < timedelta(minutes=1)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_demo_looks_alive_today(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.LIST_STORE, settings.REGISTER_STORE = tmp_path / "lists", tmp_path / "registers"
    now = timezone.now()
    call_command("demo")
    assert verify().ok
    moments = list(Entry.objects.order_by("pk").values_list("at", flat=True))
    assert all(one <= next_ for one, next_ in pairwise(moments)), "the log never goes back in time"
    opened = list(Case.objects.order_by("pk").values_list("opened_at", flat=True))
    assert all(one <= next_ for one, next_ in pairwise(opened))
    for case in Case.objects.all():
        days = Record.objects.filter(case=case, registered_at__isnull=False).order_by("record_no")
        assert all(one <= other for one, other in pairwise(days.values_list("registered_at", flat=True)))
    visits = Visit.objects.exclude(outcome="").values_list("at", flat=True)
    assert {(now - at).days for at in visits} >= {5, 10, 15, 50}
    assert Deviation.objects.filter(confirmed_at__lt=now - timedelta(days=60)).exists()
    assert Deviation.objects.filter(created_at__gte=now - timedelta(days=3)).exists()
    kims = Deviation.objects.get(
        organisation__in=ContactPerson.objects.filter(email__startswith="kim").values("organisation")
    )
    assert kims.hearings.get().state == HearingState.WAITING
    queued = OutboxMessage.objects.filter(state=State.QUEUED)
    assert queued.exists() and not queued.filter(try_until__lt=now).exists(), "none is given up unsent"
    assert not Visit.objects.filter(at__gt=timezone.now()).exists()
    assert not Record.objects.filter(registered_at__gt=timezone.now()).exists()
