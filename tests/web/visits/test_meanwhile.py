"""What people do while a round is at work holds: orders, stops and corrections of its visits."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest
from django.db.models import QuerySet
from tests.web.visits.world import SITE, Sites, invented, member

from pakten.accounts.models import User
from pakten.audit.models import Entry
from pakten.checks.models import BasicControl
from pakten.jobs import services as jobs
from pakten.jobs.models import Job
from pakten.members.models import Membership
from pakten.organisations.models import Organisation
from pakten.records.services import CaseFacts, declare_conflict, open_case
from pakten.visits import services, sites
from pakten.visits.models import Visit, VisitOutcome, VisitState
from pakten.visits.services import cancelling, evidence, ordering, rounds, visiting

pytestmark = pytest.mark.django_db
HOSTS = ["ett.example", "tva.example", "tre.example"]
CLOSED = SITE | {"/robots.txt": "User-agent: *\nDisallow: /\n"}


@pytest.fixture
def members() -> list[Membership]:
    return [member(f"Medlem {host}", website=f"https://{host}", number=None) for host in HOSTS]


def once_one_is_made(act: Callable[[], object]) -> Callable[[int, int, str], None]:
    """Do this when the round has made its first visit."""
    left = [act]

    def tell(done: int, _total: int, _note: str) -> None:
        if done == 1 and left:
            left.pop()()

    return tell


def of(membership: Membership) -> Visit:
    return Visit.objects.get(organisation=membership.organisation)


def override_of(visit: Visit) -> bool:
    """Whether the package itself says that robots.txt was overridden."""
    files = evidence._unpacked(evidence.package_of(visit)).values()
    return any(b"Beslut av chefen" in data for data in files)


def test_an_override_that_is_ordered_while_the_round_waits_is_used(members, officer):
    made = services.order_round(actor=None, because="Bevakningen")

    def order() -> None:
        services.order_visit(
            members[2].organisation, actor=officer, because="Viktigt", override="Beslut av chefen"
        )

    with invented(dict.fromkeys(HOSTS, CLOSED)):
        counts = rounds.visit_all(made.pk, tell=once_one_is_made(order))
    assert counts == {VisitOutcome.ROBOTS: 2, VisitOutcome.VISITED: 1}
    visit = of(members[2])
    assert (visit.outcome, visit.override) == (VisitOutcome.VISITED, "Beslut av chefen")
    assert override_of(visit) and not override_of(of(members[0]))


@pytest.mark.parametrize("in_round", [True, False])
def test_an_override_that_is_ordered_while_somebody_looks_lets_that_look_go(members, officer, in_round):
    """No row says *override* of evidence that was had without one."""
    made = services.order_round(actor=None, because="Bevakningen")
    table, left = Sites(dict.fromkeys(HOSTS, CLOSED)), [HOSTS[1]]
    real = visiting.look

    def look(errand):  # type: ignore[no-untyped-def]
        sight = real(errand)
        if left and left[0] in errand.order.url:
            left.pop()
            who = members[1].organisation
            services.order_visit(who, actor=officer, because="Viktigt", override="Beslut av chefen")
        return sight

    with mock.patch.object(sites, "WAYS", [table.way]), mock.patch.object(visiting, "look", look):
        if in_round:
            rounds.visit_all(made.pk, tell=lambda *_: None)
        else:
            visiting.visit_now(of(members[1]).pk)
    visit = of(members[1])
    assert (visit.state, visit.outcome) == (VisitState.FINISHED, VisitOutcome.VISITED)
    assert visit.ordered_by == officer and override_of(visit)
    assert evidence.faults_of(visit) == []
    if in_round:
        assert set(Visit.objects.values_list("state", flat=True)) == {VisitState.FINISHED}


def test_who_is_visited_or_cancelled_meanwhile_is_not_asked_again(members, officer):
    made = services.order_round(actor=officer, because="Årlig kontroll")

    def others() -> None:
        visiting.visit_now(of(members[1]).pk)
        Visit.objects.filter(pk=of(members[2]).pk).update(state=VisitState.CANCELLED)

    with invented(dict.fromkeys(HOSTS, SITE)) as known:
        counts = rounds.visit_all(made.pk, tell=once_one_is_made(others))
    assert counts == {VisitOutcome.VISITED: 2}
    assert known.asked.count(f"{HOSTS[1]}/") == 1
    assert not any(HOSTS[2] in url for url in known.asked)


def test_an_address_that_is_corrected_meanwhile_is_the_one_that_is_visited(members, officer):
    made = services.order_round(actor=officer, because="Årlig kontroll")

    def correct() -> None:
        Organisation.objects.filter(pk=members[2].organisation_id).update(website="https://ny.example")

    with invented(dict.fromkeys([*HOSTS, "ny.example"], SITE)) as known:
        rounds.visit_all(made.pk, tell=once_one_is_made(correct))
    assert "ny.example" in of(members[2]).address
    assert not any(HOSTS[2] in url for url in known.asked)


def test_an_override_of_a_visit_that_was_made_a_moment_before_is_a_visit_of_its_own(members, officer):
    """The one that is made is never changed."""
    services.order_round(actor=None, because="Bevakningen")
    stale = of(members[0])
    with invented(dict.fromkeys(HOSTS, SITE)):
        visiting.visit_now(stale.pk)
        with mock.patch.object(ordering, "waiting_visit", return_value=stale):
            new = services.order_visit(
                members[0].organisation, actor=officer, because="x" * 400, override="Beslut av chefen"
            )
    assert new.pk != stale.pk and new.override == "Beslut av chefen"
    assert Visit.objects.get(pk=stale.pk).override == ""


@pytest.fixture
def stopped(members, officer) -> Job:
    """The job of a round that was stopped before it began."""
    services.order_round(actor=officer, because="Årlig kontroll")
    jobs.stop(Job.objects.get(), actor=officer)
    return Job.objects.get()


def waiting() -> list[int]:
    return list(Visit.objects.filter(state=VisitState.WAITING).values_list("organisation_id", flat=True))


def test_a_restart_takes_up_one_visit_of_each_though_two_have_become_one(members, stopped, officer):
    kept, gone = members[0].organisation_id, members[1].organisation_id
    Visit.objects.filter(organisation=gone).update(organisation=kept)
    jobs.restart(stopped, actor=officer)
    assert sorted(waiting()) == sorted([kept, members[2].organisation_id])
    assert (
        Visit.objects.get(state=VisitState.CANCELLED).pk
        < Visit.objects.get(organisation=kept, state=VisitState.WAITING).pk
    )
    assert Entry.objects.get(action="visits.round.taken_up").after == {"members": 2}


def test_a_restart_goes_on_though_somebody_orders_one_at_the_same_moment(members, stopped, officer):
    find = cancelling._to_take_up

    def found(rows: QuerySet[Visit], actor: User) -> list[Visit]:
        visits = find(rows, actor)
        services.order_visit(members[0].organisation, actor=officer, because="Själv")
        return visits

    with mock.patch.object(cancelling, "_to_take_up", found):
        jobs.restart(stopped, actor=officer)
    assert sorted(waiting()) == sorted(each.organisation_id for each in members)
    assert Visit.objects.get(state=VisitState.CANCELLED).organisation == members[0].organisation
    assert Entry.objects.get(action="visits.round.taken_up").after == {"members": 2}


def test_a_restart_leaves_out_whom_the_person_has_a_conflict_of_interest_about(
    members, stopped, officer, manager
):
    case = open_case(CaseFacts("Kontroll", responsible=manager), actor=manager)
    BasicControl.objects.create(
        organisation=members[0].organisation, case=case, items_version="grund-2", because="Prov"
    )
    declare_conflict(case, officer, actor=officer, reason="Min syster leder organisationen.")
    jobs.restart(stopped, actor=officer)
    assert members[0].organisation_id not in waiting() and len(waiting()) == 2
