"""What people do while a round is at work holds: orders, stops and corrections of its visits."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest
from tests.web.visits.world import SITE, Sites, invented, member

from pakten.members.models import Membership
from pakten.organisations.models import Organisation
from pakten.visits import services, sites
from pakten.visits.models import Visit, VisitOutcome, VisitState
from pakten.visits.services import evidence, ordering, rounds, visiting

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
