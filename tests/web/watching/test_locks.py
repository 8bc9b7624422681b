"""In which order a re-control locks: first all alerts that it tells of, and only then the log."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.web.alerts import desk
from tests.web.checks.world import World
from tests.web.visits import seen
from tests.web.visits.world import member
from tests.web.watching.taking_up import take_up, told

from pakten.alerts.models import Alert, AlertKind
from pakten.alerts.services import lock_open, settle
from pakten.audit.models import Entry
from pakten.organisations import changes
from pakten.organisations.changes import ChangeKind
from pakten.visits.services.own_visit import write_own_visit
from pakten.watching.models import Trigger


def test_known_alerts_are_locked_before_the_first_is_told(world: World) -> None:
    world.take()
    members = [world.member("Kvintor Handel"), world.member("Velmark Torvin")]
    world.run()
    Trigger.objects.all().delete()
    told(ChangeKind.REGISTER, *members, because="Styrelsen är en annan.")
    take_up()
    alerts = list(Alert.objects.filter(kind=AlertKind.REGISTER_CHANGE).order_by("pk"))
    assert len(alerts) == 2
    told(ChangeKind.REGISTER, *members, because="Styrelsen är en annan igen.")
    with CaptureQueriesContext(connection) as asked:
        take_up()
    statements = [query["sql"] for query in asked]
    told_again = _first(statements, 'UPDATE "alerts_alert"')
    both = f'"alerts_alert"."id" IN ({", ".join(str(alert.pk) for alert in alerts)})'
    locks = [number for number, sql in enumerate(statements) if both in sql]
    assert locks and locks[0] < told_again
    if connection.vendor == "postgresql":
        assert "FOR UPDATE" in statements[locks[0]] and "ORDER BY" in statements[locks[0]]


def test_only_open_ones_of_the_kind_are_locked_in_their_order(db: None) -> None:
    first, second, gone = (desk.alert(key) for key in ("b", "a", "closed"))
    desk.alert("b", kind=AlertKind.REGISTER_CHANGE)
    settle(AlertKind.SITE_CHANGE, gone.key, because="Prov.")
    with transaction.atomic():
        assert lock_open(AlertKind.SITE_CHANGE, ["a", "b", "closed", "none"]) == [first.pk, second.pk]


def test_an_own_visit_is_told_of_before_it_is_in_the_log(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever hears of it locks alerts, and those who hold an alert wait for the log."""
    logged: list[bool] = []

    def hear(_change: changes.Change) -> None:
        logged.append(Entry.objects.filter(action="visits.visit.written").exists())

    organisation = member().organisation
    monkeypatch.setattr(changes, "_LISTENERS", [hear])
    write_own_visit(organisation, seen.told(), actor=desk.officer())
    assert logged == [False] and Entry.objects.filter(action="visits.visit.written").exists()


def _first(statements: list[str], begins: str) -> int:
    return next(number for number, sql in enumerate(statements) if sql.startswith(begins))
