"""Visits to many: polite, one failure ends nothing, stopped and gone on with."""

from __future__ import annotations

from unittest import mock

import pytest
from tests.web.visits.world import HOST, SITE, Sites, invented, member, visited

from pakten.audit.models import Entry
from pakten.jobs import services as jobs
from pakten.jobs.models import Job
from pakten.members.models import Membership
from pakten.visits import queries, services
from pakten.visits.models import Visit, VisitOutcome, VisitState
from pakten.visits.queries import latest_visits, listing
from pakten.visits.refusals import VisitRefused
from pakten.visits.services import evidence, rounds, visiting

pytestmark = pytest.mark.django_db
HOSTS = ["ett.example", "tva.example", "tre.example"]


@pytest.fixture
def members() -> list[Membership]:
    return [member(f"Medlem {host}", website=f"https://{host}", number=None) for host in HOSTS]


def states() -> list[str]:
    return list(Visit.objects.order_by("pk").values_list("state", flat=True))


def test_a_round_visits_all_and_one_fault_ends_nothing(members, officer, run_jobs):
    table = {HOSTS[0]: SITE, HOSTS[2]: SITE}
    broken = Sites(table)
    real = broken.__call__

    def way(address, _together=None):
        if HOSTS[1] in address:
            raise RuntimeError("a fault of ours")
        return broken.way(address)

    with invented(table), mock.patch("pakten.visits.sites.way_to", side_effect=way):
        made = services.order_round(actor=officer, because="Årlig kontroll")
        run_jobs()
    assert real is not None
    outcomes = Visit.objects.filter(round=made).order_by("organisation_id").values_list("outcome", flat=True)
    assert list(outcomes) == [VisitOutcome.VISITED, VisitOutcome.OUR_FAULT, VisitOutcome.VISITED]
    job = Job.objects.get()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert job.summary == "2 av 3 webbplatser gick att läsa. 1 gick inte att besöka."
    assert job.result_url == f"/kontroll/besok/?runda={made.pk}"
    assert not listing.never_visited(officer).exists()


def test_a_round_goes_on_where_it_was_stopped(members, officer):
    made = services.order_round(actor=officer, because="Årlig kontroll")

    def stop(done: int, total: int, note: str) -> None:
        assert total == 3
        if done == 2:
            raise KeyboardInterrupt

    with invented(dict.fromkeys(HOSTS, SITE)) as known:
        with pytest.raises(KeyboardInterrupt):
            rounds.visit_all(made.pk, tell=stop)
        assert states() == [VisitState.FINISHED, VisitState.FINISHED, VisitState.WAITING]
        asked = len(known.asked)
        counts = rounds.visit_all(made.pk, tell=lambda *_: None)
        assert all(HOSTS[2] in url for url in known.asked[asked:]), "nobody is asked twice"
    assert counts == {VisitOutcome.VISITED: 3}


def test_a_stopped_round_is_cancelled_and_may_be_ordered_anew(members, officer):
    first = services.order_round(actor=officer, because="Ett")
    with invented(dict.fromkeys(HOSTS, SITE)):
        visiting.visit_now(Visit.objects.order_by("pk")[0].pk)
        jobs.stop(Job.objects.get(), actor=officer)
        assert states() == [VisitState.FINISHED, VisitState.CANCELLED, VisitState.CANCELLED]
        left = Visit.objects.order_by("pk")[1]
        assert visiting.visit_now(left.pk).state == VisitState.CANCELLED, "what is cancelled is not made"
    assert not listing.waiting_visits(officer).exists()
    logged = Entry.objects.get(action="visits.round.cancelled")
    assert logged.actor == officer and logged.object_id == str(first.pk)
    second = services.order_round(actor=officer, because="Två")
    assert Visit.objects.filter(round=second).count() == 2, "the one visited today is spared"
    assert Visit.objects.count() == 5


def test_a_stopped_round_that_is_started_again_goes_on(members, officer, run_jobs):
    """Its visits come back with it, but for who has been visited or ordered meanwhile."""
    services.order_round(actor=officer, because="Ett")
    job = Job.objects.get()
    jobs.stop(job, actor=officer)
    own = services.order_visit(members[0].organisation, actor=officer, because="Själv")
    jobs.restart(Job.objects.get(pk=job.pk), actor=officer)
    assert Visit.objects.filter(state=VisitState.WAITING, round__isnull=False).count() == 2
    with invented(dict.fromkeys(HOSTS, SITE)):
        run_jobs()
    own.refresh_from_db()
    assert own.state == VisitState.FINISHED
    assert Visit.objects.filter(state=VisitState.FINISHED).count() == 3
    assert Visit.objects.filter(state=VisitState.CANCELLED).count() == 1
    assert Entry.objects.filter(action="visits.round.taken_up").count() == 1


def test_one_stopped_visit_is_cancelled_and_may_be_ordered_anew(officer, run_jobs, client):
    membership = member()
    visit = services.order_visit(membership.organisation, actor=officer, because="Ett")
    jobs.stop(Job.objects.get(), actor=officer)
    visit.refresh_from_db()
    assert visit.state == VisitState.CANCELLED and queries.item_results(membership.organisation) == []
    client.force_login(officer)
    tab = f"/medlemmar/{membership.organisation.public_id}/webbplats/"
    assert "avbröts" in client.get(tab).content.decode()
    again = services.order_visit(membership.organisation, actor=officer, because="Två")
    assert again.pk != visit.pk and again.state == VisitState.WAITING
    jobs.restart(Job.objects.order_by("pk")[0], actor=officer)
    with invented():
        run_jobs()
    visit.refresh_from_db()
    assert visit.state == VisitState.CANCELLED, "the new order stands for it"
    assert Job.objects.order_by("pk")[0].summary.startswith("Besöket är avbrutet.")
    again.refresh_from_db()
    assert again.is_read
    assert (
        "avbröts"
        not in client.get(f"/medlemmar/{membership.organisation.public_id}/webbplats/").content.decode()
    )


def test_nobody_is_asked_again_within_the_day(officer):
    membership = member()
    with invented({HOST: SITE}):
        visited(membership)
    with pytest.raises(VisitRefused, match="senaste dygnet"):
        services.order_round(actor=officer, because="Årlig kontroll")


def test_a_living_round_is_not_ordered_twice(members, officer):
    services.order_round(actor=officer, because="Ett")
    with pytest.raises(VisitRefused):
        services.order_round(actor=officer, because="Två")


def test_a_round_of_some(members, officer):
    chosen = members[1].organisation_id
    made = services.order_round(actor=None, because="Bevakningen", organisation_ids=[chosen])
    assert list(made.visits.values_list("organisation_id", flat=True)) == [chosen]


def test_two_workers_at_one_visit_end_no_round(members, officer):
    """The first counts; the round that came second goes on with the others."""
    made = services.order_round(actor=officer, because="Årlig kontroll")
    first = Visit.objects.get(organisation=members[0].organisation)
    table, others = Sites(dict.fromkeys(HOSTS, SITE)), [first.pk]

    def way(address, _together=None):
        if HOSTS[0] in address and others:
            visiting.visit_now(others.pop())
        return table.way(address)

    with mock.patch("pakten.visits.sites.way_to", way):
        counts = rounds.visit_all(made.pk, tell=lambda *_: None)
    assert counts == {VisitOutcome.VISITED: 3} and states() == [VisitState.FINISHED] * 3
    first.refresh_from_db()
    assert evidence.faults_of(first) == [], "the package of the one that counts"


def test_the_newest_visit_of_each_is_found_in_one_query(members, officer, django_assert_num_queries):
    with invented(dict.fromkeys(HOSTS, SITE)):
        for membership in (members[0], members[1], members[0]):
            newest = visited(membership)
    with django_assert_num_queries(1):
        found = latest_visits([each.organisation_id for each in members])
    assert found[members[0].organisation_id] == newest
    assert set(found) == {members[0].organisation_id, members[1].organisation_id}
