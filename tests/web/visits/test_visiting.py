"""A visit ordered, made and kept; what it answers on the check list; what is told when something changed."""

from __future__ import annotations

from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from tests.people import person
from tests.web.members import register
from tests.web.visits import world
from tests.web.visits.world import HOST, RUSSIAN_SITE, SITE, START, invented, member, visited

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.jobs.models import Job
from pakten.organisations import changes
from pakten.visits import queries, services, sites
from pakten.visits.models import FoundStatement, Visit, VisitOutcome, VisitState
from pakten.visits.outcome_words import reason_for
from pakten.visits.refusals import VisitRefused
from pakten.visits.services import evidence, visiting
from pakten.visits.statement_words import LABELS, TO_READ
from vandel.names.resources import resource
from vandel.website.outcome import Outcome

pytestmark = pytest.mark.django_db


def results(membership) -> dict[str, str]:
    return {row.slug: row.result for row in queries.item_results(membership.organisation)}


def test_every_outcome_and_label_of_the_engine_has_words():
    assert {outcome.value for outcome in Outcome} <= set(VisitOutcome.values)
    assert all(reason_for(outcome) for outcome in VisitOutcome.values)
    labels = {row["label"] for name in ("rules", "labels") for row in resource(f"statements/{name}")}
    assert labels - {"none"} <= set(LABELS), "a label of the rules has no words"
    assert "russia_operations_ongoing" in TO_READ and "innocent_mention" not in TO_READ


def test_a_website_is_visited_and_everything_is_kept(run_jobs, officer):
    membership = member()
    with invented() as known:
        order = services.order_visit(membership.organisation, actor=officer, because="Årlig kontroll")
        assert queries.latest_visit(membership.organisation) is None
        assert queries.item_results(membership.organisation) == []
        run_jobs()
    visit = queries.latest_visit(membership.organisation)
    assert visit is not None and visit.pk == order.pk
    assert visit.is_read and visit.is_invented and visit.whose == "A" and visit.language == "sv"
    assert f"{HOST}/om-oss" in known.asked and visit.address == f"https://{HOST}/"
    assert visit.manifest_sha256 and visit.full_sha256 != visit.main_sha256
    assert visit.dispose_after and visit.at and visit.dispose_after.year == visit.at.year + 5
    assert evidence.faults_of(visit) == []
    page = visit.pages.get(position=2)
    assert page.title == "Om oss" and page.agreement == 1.0
    found = visit.statements.get(label="collective_agreement_yes")
    assert found.snippet == world.AGREEMENT or world.AGREEMENT in found.snippet
    assert evidence.text_of(found.page)[found.start : found.end] == found.snippet
    assert not found.in_main, "a footer is no main text"
    assert [sign["words"] for sign in visit.signs if sign["kind"] == "own_number"] == [world.SHOWN]
    assert Job.objects.get().state == "done"
    actions = list(Entry.objects.filter(action__startswith="visits.").values_list("action", flat=True))
    assert sorted(actions) == ["visits.visit.made", "visits.visit.ordered"]


def test_the_check_list_gets_an_answer_with_source_time_and_digest():
    membership = member()
    with invented():
        visit = visited(membership)
    website, agreement = queries.item_results(membership.organisation)
    assert (website.slug, website.result) == ("webbplats", "ok")
    assert (agreement.slug, agreement.result) == ("kollektivavtal", "ok")
    assert world.AGREEMENT in agreement.note
    assert website.sha256 == visit.manifest_sha256 and website.checked_at == visit.at
    assert website.source and website.source_where == visit.address


def test_what_the_machine_found_waits_for_a_person_and_is_no_deviation():
    membership = member()
    with invented({HOST: RUSSIAN_SITE}):
        visited(membership)
    assert results(membership)["webbplats"] == "could_not_check"
    assert world.RUSSIA in queries.item_results(membership.organisation)[0].note


CAN_NOT = [
    ({}, VisitOutcome.NO_SUCH_NAME),
    ({HOST: {}}, VisitOutcome.HTTP_ERROR),
    ({HOST: {"/": 500}}, VisitOutcome.HTTP_ERROR),
    ({HOST: {"/": "-> http://10.0.0.1/"}}, VisitOutcome.NOT_PUBLIC),
    ({HOST: {"/": "-> https://www.facebook.com/x"}}, VisitOutcome.SOCIAL_NETWORK),
    ({HOST: {"/": "<h1>Domänen norrsken.example är till salu</h1>"}}, VisitOutcome.PARKED),
    ({HOST: {"/": "<div id=app></div>"}}, VisitOutcome.NO_TEXT),
    ({HOST: {**SITE, "/robots.txt": "User-agent: *\nDisallow: /"}}, VisitOutcome.ROBOTS),
]


@pytest.mark.parametrize(
    ("table", "outcome"), CAN_NOT, ids=[str(row[1]) + str(n) for n, row in enumerate(CAN_NOT)]
)
def test_not_reaching_a_website_is_never_clean(table, outcome):
    membership = member()
    with invented(table):
        visit = visited(membership)
    assert (visit.outcome, visit.whose) == (outcome, "")
    assert visit.reason == reason_for(outcome, status=visit.pages.first().status)
    assert set(results(membership).values()) == {"could_not_check"}
    assert evidence.faults_of(visit) == [], "what was asked is kept all the same"
    assert not FoundStatement.objects.exists()


def test_no_address_and_a_fault_of_ours_are_outcomes_too():
    nowhere, broken = member("Utan Webb AB", website="", number=None), member()
    assert visited(nowhere).outcome == VisitOutcome.NO_ADDRESS
    with mock.patch.object(sites, "way_to", side_effect=RuntimeError("out of memory")):
        visit = visited(broken)
    assert visit.outcome == VisitOutcome.OUR_FAULT and "memory" not in visit.reason
    assert (
        results(nowhere)
        == results(broken)
        == {
            "webbplats": "could_not_check",
            "kollektivavtal": "could_not_check",
        }
    )


def test_a_real_address_goes_to_the_guard_and_an_inner_one_nowhere(monkeypatch):
    monkeypatch.setattr(sites, "over_the_network", world.OVER_THE_NETWORK)
    with invented():
        assert not sites.way_to("https://riktig.se").is_invented
        assert sites.way_to(f"https://{HOST}").is_invented
    for address in (
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://localhost/",
    ):
        membership = member(f"Inre {address}", website=address, number=None)
        with mock.patch("socket.socket.connect", side_effect=AssertionError("a connection was tried")):
            assert visited(membership).outcome == VisitOutcome.NOT_PUBLIC


def test_a_sole_traders_number_is_never_written_down():
    number = register.sole_trader_number()
    shown = f"{number[:6]}-{number[6:]}"
    start = START.replace(world.SHOWN, shown)
    membership = member(number=number)
    with invented({HOST: {"/": start}}):
        visit = visited(membership)
    assert visit.whose == "A"
    marks = [sign for sign in visit.signs if sign["kind"] == "own_number"]
    assert marks and all(sign["words"] == "" for sign in marks), "L-29: no personal number in the row"
    assert shown not in str(queries.item_results(membership.organisation))


def test_the_name_of_the_organisation_changes_nothing():
    """L-19, L-20: the same pages give the same proposals and answers, whatever the organisation is called."""
    told = []
    for name in ("Norrskenets Åkeri AB", "Zaslonovskij Åkeri AB", "Al-Kurdi & Öz Åkeri AB"):
        host = f"{'abc'[len(told)]}.example"
        pages = {path: page.replace(world.NAME, name) for path, page in RUSSIAN_SITE.items()}
        membership = member(name, website=f"https://{host}", number=None)
        with invented({host: {**pages, "/": pages["/"].replace(world.SHOWN, "")}}):
            visit = visited(membership)
        statements = visit.statements.order_by("label").values_list("label", "weight", "rule")
        told.append((visit.whose, list(statements), results(membership)))
    assert told[0] == told[1] == told[2] and told[0][1]


def test_who_may_order(officer, auditor):
    organisation = member().organisation
    with pytest.raises(PermissionDenied):
        services.order_visit(organisation, actor=auditor, because="Jag vill")
    with pytest.raises(VisitRefused, match="varför"):
        services.order_visit(organisation, actor=officer, because=" ")
    first = services.order_visit(organisation, actor=officer, because="Ett")
    again = services.order_visit(organisation, actor=officer, because="Två")
    assert first.pk == again.pk and Job.objects.count() == 1


def test_the_system_asks_a_site_once_a_day_and_a_person_whenever(officer):
    membership = member()
    with invented():
        first = visited(membership)
        assert services.order_visit(membership.organisation, actor=None, because="Bevakning") == first
        assert services.order_visit(membership.organisation, actor=officer, because="Igen") != first


def test_an_officer_may_read_the_start_page_though_robots_forbids_it(officer):
    membership = member()
    table = {HOST: {**SITE, "/robots.txt": "User-agent: *\nDisallow: /"}}
    with invented(table):
        order = services.order_visit(
            membership.organisation, actor=officer, because="Bad om det", override="Medlemmen bad om det"
        )
        visit = visiting.visit_now(order.pk)
    assert visit.is_read and visit.override == "Medlemmen bad om det"
    assert {note["decision"] for note in visit.robots} == {"overridden", "forbidden"}
    with pytest.raises(PermissionDenied):
        services.order_visit(membership.organisation, actor=None, because="x", override="Ingen person")


def test_a_visit_is_made_once(officer):
    membership = member()
    with invented() as known:
        visit = visited(membership)
        asked = len(known.asked)
        assert visiting.visit_now(visit.pk).pk == visit.pk
    assert len(known.asked) == asked and Visit.objects.count() == 1


def test_a_change_that_matters_is_told(heard):
    membership = member()
    heard.clear()
    with invented() as known:
        visited(membership)
        assert heard == [], "a first calm visit changes nothing"
        known.table[HOST]["/om-oss"] = world.ABOUT.format(
            "Vi har nu tretton anställda och öppet på tisdagar."
        )
        visited(membership)
        assert heard == [], "other words on other matters change nothing"
        known.table[HOST] = dict(RUSSIAN_SITE)
        visit = visited(membership)
        del known.table[HOST]
        visited(membership)
    new, gone = heard
    assert new.kind == changes.ChangeKind.SITE and new.organisation_ids == {membership.organisation_id}
    assert new.about["came"] == ["russia_operations_ongoing"] and new.about["visit"] == visit.pk
    assert "verksamhet i Ryssland" in new.because
    assert "gick inte att läsa" in gone.because


def test_one_ordered_visit_waits_for_its_job(officer):
    visit = services.order_visit(member().organisation, actor=officer, because="Årlig")
    assert visit.state == VisitState.WAITING and visit.job is not None
    visit.job.state = "stopped"
    visit.job.save()
    again = services.order_visit(visit.organisation, actor=person(Role.MANAGER), because="Igen")
    assert again.pk == visit.pk and again.job_id != visit.job_id, "a stopped job is replaced"
