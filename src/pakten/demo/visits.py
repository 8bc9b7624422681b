"""The demo's visits: every outcome, statements that wait and statements that are judged, an own visit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.demo import sites as invented
from pakten.demo.clock import Scene, play
from pakten.members.models import Membership, State
from pakten.organisations.models import Organisation
from pakten.visits import services, sites
from pakten.visits.models import (
    BelongingVerdict,
    FoundStatement,
    SeenResult,
    SeenTopic,
    StatementVerdict,
    Visit,
)
from pakten.visits.services import visiting
from pakten.visits.services.judging import judge_belonging, judge_statement
from pakten.visits.services.own_visit import OwnVisit, Seen, write_own_visit

BECAUSE = "Årlig kontroll (påhittad)"
# Two were visited before too; the others during the last three weeks, one after the other.
_LAST_TIME, _APART = timedelta(days=51), timedelta(hours=18)


def seed_visits(people: list[User], *, now: datetime) -> int:
    """Visit the invented sites that have a script, one that leads nowhere and one that is missing; once.

    Some are visited at an earlier time too. Gives back how many visits there are.
    """
    play(scenes(people, now=now), until=now)
    return Visit.objects.count()


def scenes(people: list[User], *, now: datetime) -> list[tuple[datetime, Scene]]:
    """The visits of the last weeks, some each day; nothing where there are any already."""
    if Visit.objects.exists():
        return []
    officer = next(user for user in people if user.role_assignments.filter(role=Role.CASE_OFFICER))
    hosts = invented.planned()
    earlier = [_of(_host(hosts, "changed")), _of(_host(hosts, "agreement"))]
    visited = [*map(_of, hosts), *_elsewhere()]
    return [
        *((now - _LAST_TIME, _visit(each, officer, way=invented.way_before)) for each in earlier),
        *(
            (now - (len(visited) - place) * _APART, _visit(each, officer, way=invented.way_at))
            for place, each in enumerate(visited)
        ),
        (now, _today(officer, hosts)),
    ]


def _today(officer: User, hosts: dict[str, str]) -> Scene:
    _judge(officer, hosts)
    _write_own(officer, _of(_host(hosts, "login")), at=timezone.now())
    yield from ()


@contextmanager
def _way(way: Any) -> Iterator[None]:
    sites.WAYS.insert(0, way)
    try:
        yield
    finally:
        sites.WAYS.remove(way)


def _visit(organisation: Organisation, officer: User, *, way: Callable[[Any], Any]) -> Scene:
    ordered = services.order_visit(organisation, actor=officer, because=BECAUSE)
    with _way(way(timezone.now)):
        visiting.visit_now(ordered.pk)
    yield from ()


def _host(hosts: dict[str, str], script: str) -> str:
    return next(host for host, name in hosts.items() if name == script)


def _of(host: str) -> Organisation:
    # One of the network stands twice in the demo, with the same website; the first is the member.
    return Organisation.objects.filter(website=f"https://{host}").order_by("pk")[0]


def _elsewhere() -> list[Organisation]:
    """One whose address leads nowhere, one without an address, and two ordinary ones."""
    active = Membership.objects.filter(state=State.ACTIVE, organisation__merged_into=None)
    rows = Organisation.objects.filter(pk__in=active.values("organisation")).order_by("pk")
    with_site = rows.exclude(website="").exclude(website__endswith=".invalid").filter(sector="civil")
    return [
        *rows.filter(website__endswith=".invalid")[:1],
        *rows.filter(website="")[:1],
        *with_site[:2],
    ]


def _judge(officer: User, hosts: dict[str, str]) -> None:
    """Some proposals are judged; others wait, so that there is something to do."""
    sold = FoundStatement.objects.filter(
        visit__organisation=_of(_host(hosts, "sales_stopped")), label="russia_sales_stopped"
    ).first()
    if sold is not None:
        note = "Stoppet gäller sedan mars 2022. De har svarat att inget är sålt sedan dess."
        judge_statement(sold, StatementVerdict.NO_DEVIATION, note=note, actor=officer)
    foreign = Visit.objects.filter(organisation=_of(_host(hosts, "others_number"))).first()
    if foreign is not None and foreign.is_read:
        note = "Numret är webbyråns och står i sidfoten. Namn och ort stämmer."
        judge_belonging(foreign, BelongingVerdict.THEIRS, note=note, actor=officer)


def _write_own(officer: User, organisation: Organisation, *, at: datetime) -> None:
    seen = (
        Seen(
            SeenTopic.WEBSITE,
            SeenResult.OK,
            "Företaget lånade ut ett konto. Sidorna visar vad de säljer.",
        ),
        Seen(SeenTopic.VALUES, SeenResult.OK, "", "Alla är välkomna hos oss.", f"{organisation.website}/om"),
        Seen(SeenTopic.RUSSIA, SeenResult.OK, "Inget om Ryssland på sidorna."),
    )
    told = OwnVisit(at, organisation.website, could_see=True, why="", seen=seen)
    write_own_visit(organisation, told, actor=officer)
