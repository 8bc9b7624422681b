"""The demo's visits: every outcome, statements that wait and statements that are judged, an own visit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from pakten.accounts.models import Role, User
from pakten.demo import sites as invented
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
_MONTH = timedelta(days=30)


def seed_visits(people: list[User], *, now: datetime) -> int:
    """Visit the invented sites that have a script, one that leads nowhere and one that is missing; once.

    Some are visited at an earlier time too. Gives back how many visits there are.
    """
    if not Visit.objects.exists():
        officer = next(user for user in people if user.role_assignments.filter(role=Role.CASE_OFFICER))
        hosts = invented.planned()
        with _way(invented.way_before(lambda: now - _MONTH)):
            for host in (_host(hosts, "changed"), _host(hosts, "agreement")):
                _visit(_of(host), officer)
        with _way(invented.way):
            for organisation in (*map(_of, hosts), *_elsewhere()):
                _visit(organisation, officer)
        _judge(officer, hosts)
        _write_own(officer, _of(_host(hosts, "login")), at=now)
    return Visit.objects.count()


@contextmanager
def _way(way: Any) -> Iterator[None]:
    sites.WAYS.insert(0, way)
    try:
        yield
    finally:
        sites.WAYS.remove(way)


def _visit(organisation: Organisation, officer: User) -> None:
    ordered = services.order_visit(organisation, actor=officer, because=BECAUSE)
    visiting.visit_now(ordered.pk)


def _host(hosts: dict[str, str], script: str) -> str:
    return next(host for host, name in hosts.items() if name == script)


def _of(host: str) -> Organisation:
    return Organisation.objects.get(website=f"https://{host}")


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
