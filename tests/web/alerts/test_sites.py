"""Websites in the inbox: one for each where something waits, gone when a person has said what it is worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.web.alerts import desk
from tests.web.alerts.desk import Act
from tests.web.pages import CheckedClient
from tests.web.visits.world import ABOUT, HOST, RUSSIA, SITE, START, invented, member, visited

from pakten.alerts import services
from pakten.alerts.models import Alert, AlertKind, AlertState, Outcome
from pakten.alerts.queries.sites import out_of_line
from pakten.alerts.refusals import AlertRefused
from pakten.alerts.services.sites import GONE, READ, catch_up
from pakten.members.models import Membership
from pakten.organisations import services as organisations
from pakten.visits.models import FoundStatement, StatementJudgement, StatementVerdict, Visit, VisitPage
from pakten.visits.services import reading, visiting
from pakten.visits.services.judging import judge_statement
from vandel.website.reading import PageStatement

pytestmark = pytest.mark.django_db
MORE = START.replace("</main>", "<p>Vi har ett dotterbolag i Ryssland.</p></main>")


def only() -> Alert:
    return Alert.objects.get(kind=AlertKind.SITE_TO_READ)


def see(membership: Membership, start: str = START) -> Visit:
    with invented({HOST: {"/": start, "/om-oss": ABOUT.format(RUSSIA)}}):
        return visited(membership)


def judge(visit: Visit, verdict: str = StatementVerdict.NO_DEVIATION) -> None:
    """Say the same of everything that waits on the visit."""
    for statement in FoundStatement.objects.filter(visit=visit, label__startswith="russia"):
        judge_statement(statement, verdict, note="Läst", actor=desk.officer())


def test_it_comes_with_the_visit_and_goes_with_a_persons_word() -> None:
    visit = see(member())
    found = only()
    assert (found.state, found.organisation, found.due_on) == ("open", visit.organisation, desk.days(7))
    assert "Har verksamhet i Ryssland" in found.because
    assert found.about["url"] == reverse("visits:visit", args=[visit.pk])
    judge(visit)
    found = only()
    assert (found.state, found.outcome, found.outcome_because) == ("closed", Outcome.SETTLED, READ)
    assert found.closed_by == desk.officer(), "whoever read it is who did the work"


@pytest.mark.parametrize("said", ["", StatementVerdict.CANNOT_TELL])
def test_what_is_gone_before_anybody_decided_was_not_read(said: str) -> None:
    """No person's name stands under it, and no sentence says that somebody has read it."""
    membership = member()
    first = see(membership, MORE)
    one, other = FoundStatement.objects.filter(visit=first, label__startswith="russia").order_by("pk")[:2]
    judge_statement(one, StatementVerdict.NO_DEVIATION, note="Läst", actor=desk.officer())
    if said:
        judge_statement(other, said, note="Oklart", actor=desk.officer())
    with invented({HOST: SITE}):
        visited(membership)
    found = only()
    assert (found.state, found.outcome, found.outcome_because) == ("closed", Outcome.SETTLED, GONE)
    assert found.closed_by is None and found.steps.latest("pk").words == GONE


def test_what_came_along_with_a_merged_record_was_not_read() -> None:
    """The alert is another organisation's now, under the key of the one that is gone."""
    membership = member()
    gone, kept = see(membership).organisation, desk.organisation()
    organisations.merge(
        organisations.MergeFacts(kept, gone, kept.version, gone.version, frozenset({"website"})),
        actor=desk.officer(),
        reason="samma styrelse",
    )
    catch_up()
    assert (only().organisation, only().state) == (kept, "open")
    membership.refresh_from_db()
    with invented({HOST: SITE}):
        visited(membership)
    assert (only().outcome_because, only().closed_by) == (GONE, None)


def test_what_nobody_could_tell_stays() -> None:
    judge(see(member()), StatementVerdict.CANNOT_TELL)
    assert only().state == AlertState.OPEN


def test_a_calm_website_asks_nobody() -> None:
    with invented({HOST: SITE}):
        visited(member())
    assert not Alert.objects.filter(kind=AlertKind.SITE_TO_READ).exists()


def test_something_new_comes_to_the_top_and_something_read_does_not() -> None:
    membership = member()
    see(membership)
    found, officer = only(), desk.officer()
    services.snooze(found.pk, desk.days(9), actor=officer, version=found.version)
    see(membership)
    assert only().snoozed_until == desk.days(9), "the same words at another visit are nothing new"
    assert only().about["url"].endswith(f"/{Visit.objects.latest('pk').pk}/"), "but it leads to the newest"
    newest = see(membership, MORE)
    found = only()
    assert found.snoozed_until is None and found.boosted_at is not None
    assert desk.acts(found) == [Act.RAISED, Act.SNOOZED, Act.FOUND_AGAIN]
    services.snooze(found.pk, desk.days(9), actor=officer, version=found.version)
    first = FoundStatement.objects.filter(visit=newest, label__startswith="russia").earliest("pk")
    before = len(found.about["waits"])
    judge_statement(first, StatementVerdict.REJECTED, note="Fel läst", actor=officer)
    assert len(only().about["waits"]) == before - 1 and only().snoozed_until == desk.days(9)


def test_a_visit_that_could_not_read_takes_nothing_away() -> None:
    membership = member()
    see(membership)
    with invented({HOST: {"/": 503}}):
        visited(membership)
    assert only().state == AlertState.OPEN


def test_what_was_there_before_is_caught_up() -> None:
    visit = see(member())
    Alert.objects.update(
        state="closed", closed_at="2022-05-24T12:00:00Z", outcome="settled", outcome_because="Prov"
    )
    assert out_of_line() == {visit.organisation_id}
    assert (catch_up(), catch_up()) == (1, 0)
    found = only_open()
    for statement in FoundStatement.objects.filter(visit=visit, label__startswith="russia"):
        StatementJudgement.objects.create(
            statement=statement, verdict="rejected", note="Fel läst", by=desk.manager(), at=timezone.now()
        )
    assert (catch_up(), catch_up()) == (1, 0)
    assert desk.fresh(found).closed_by == desk.manager()


def only_open() -> Alert:
    return Alert.objects.exclude(state=AlertState.CLOSED).get()


def test_it_is_judged_where_the_words_stand() -> None:
    visit = see(member())
    found = only()
    with pytest.raises(AlertRefused, match="besökets sida"):
        services.judge(found.pk, "met", actor=desk.officer(), version=found.version, reason="x")
    client = CheckedClient()
    client.force_login(desk.officer())
    page = client.get(reverse("alerts:alert", args=[found.pk])).content.decode()
    assert reverse("visits:visit", args=[visit.pk]) in page and "Din bedömning" not in page
    assert "Läs och bedöm" in page and "Ta den själv" in page
    need = services.Need("Svar om dotterbolaget.", "bolaget", desk.days(5))
    services.ask(found.pk, need, actor=desk.officer(), version=found.version)
    assert only().state == AlertState.NEEDS, "what is missing can be asked for"
    judge(visit)
    closed = only()
    with pytest.raises(AlertRefused):
        services.reopen(closed.pk, "Prov", actor=desk.officer(), version=closed.version)


def test_a_reading_that_we_do_not_know_waits_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer engine may read what we have no words for; it shows no code, and hides nothing."""
    store = reading.store_statements

    def newer(visit: Visit, statements: Iterable[PageStatement], *, rows: Sequence[VisitPage]) -> None:
        told = [replace(one, finding=replace(one.finding, label="russia_new")) for one in statements]
        store(visit, told, rows=rows)

    monkeypatch.setattr(visiting, "store_statements", newer)
    see(member())
    assert only().facts[0] == ["Att läsa", ["Ny sorts läsning (2 ställen)"]]
