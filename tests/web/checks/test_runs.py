"""A run: one frozen set of editions, no half results, proof of everything."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.checks.world import LIST_ID, LISTED_FIRM, LISTED_PERSON, World, board, parties, party
from tests.web.members import register
from tests.web.pages import CheckedClient

from pakten.audit.queries import entries_for
from pakten.checks import services
from pakten.checks.models import Control, ControlRun, Likeness, ListEdition, RunState
from pakten.checks.queries import runs as reads
from pakten.checks.queries.lists import ListLine, line_of, lists_left_out
from pakten.checks.queries.runs import ControlFilters
from pakten.checks.refusals import ChecksRefused, ListsTooOld
from pakten.checks.services import control, pointers, receipts, runs
from pakten.checks.subjects import member_of
from pakten.organisations.models import KnownPerson, Organisation
from pakten.organisations.queries import subjects

RunJobs = Callable[[], None]


def ignore(done: int, total: int) -> None:
    """Nobody watches."""


def test_a_control_through_the_button_the_job_and_the_page(world: World, run_jobs: RunJobs) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    client = CheckedClient()
    client.force_login(world.officer)
    started = client.post(reverse("checks:start"))
    run = ControlRun.objects.get()
    assert started.headers["Location"] == reverse("jobs:job", args=[run.job_id])
    assert "Kontrollen pågår" in client.get(reverse("checks:run", args=[run.pk])).content.decode()
    run_jobs()
    page = client.get(reverse("checks:run", args=[run.pk])).content.decode()
    assert "Norrskenets Åkeri AB" in page
    run.refresh_from_db()
    assert (run.state, run.job.state if run.job else "") == (RunState.FINISHED, "done")
    assert [entry.action for entry in entries_for(run)] == ["checks.run.finished", "checks.run.started"]


def test_which_controls_used_an_edition_is_answered(world: World) -> None:
    first = world.take()
    world.member("Norrskenets Åkeri AB")
    with_first = world.run()
    second = world.take([*parties(), party(900, "Ny på listan")], day=2)
    world.run()
    client = CheckedClient()
    client.force_login(world.officer)
    page = client.get(reverse("checks:control"), {"utgava": first.edition_id})
    assert list(page.context["page"]) == [with_first]
    assert reads.uses_of_editions() == {first.edition_id: 1, second.edition_id: 1}
    assert f"utgava={first.edition_id}" in client.get(reverse("checks:list", args=[LIST_ID])).content.decode()


def test_a_second_start_shows_the_run_under_way(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    first = runs.start(actor=world.officer)
    assert runs.start(actor=world.manager) == first


def test_nothing_to_compare_with_is_said_in_one_sentence(world: World) -> None:
    world.member("Norrskenets Åkeri AB")
    with pytest.raises(ChecksRefused, match="ingen lista"):
        runs.start(actor=world.officer)


def test_a_run_that_was_killed_goes_on_where_it_was(world: World) -> None:
    world.take()
    for number in range(45):
        world.member(f"Medlem nummer {number} AB")
    run = runs.start(actor=world.officer)

    def die(done: int, total: int) -> None:
        if done >= 20:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        control.execute(run.pk, tell=die)
    assert Control.objects.count() == 20
    assert not reads.controls_of(ControlRun.objects.get(), ControlFilters()).exists()
    assert all(reads.latest_control(row.membership) is None for row in Control.objects.all())
    finished = control.execute(run.pk, tell=ignore)
    assert finished.counts["met"] == 45
    assert control.execute(run.pk, tell=ignore).counts == finished.counts


def test_a_run_whose_job_died_is_marked_and_does_not_block_the_next(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    run = runs.start(actor=world.officer)
    runs.interrupt(run.pk, "Strömmen gick.")
    following = runs.start(actor=world.officer)
    assert following != run
    with pytest.raises(ChecksRefused, match="pågår redan"):
        control.execute(run.pk, tell=ignore)


def test_the_job_of_an_interrupted_run_gives_way_to_the_run_under_way(
    world: World, run_jobs: RunJobs
) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    old = runs.start(actor=world.officer)
    runs.interrupt(old.pk, "Strömmen gick.")
    new = runs.start(actor=world.officer)
    run_jobs()
    jobs = [ControlRun.objects.get(pk=run.pk).job for run in (old, new)]
    assert [(job.state, job.error) for job in jobs if job] == [
        ("failed", "En annan kontroll pågår redan."),
        ("done", ""),
    ]


def test_a_list_that_is_missing_leaves_everybody_unknown(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    line = line_of("eu-fsf")
    assert line
    pointers.set_in_use(line, True, reason="EU:s lista ska alltid med", actor=world.manager)
    run = world.run()
    assert run.counts["unknown"] == 1
    assert [one.reason for one in reads.unchecked(run)] == [f"{line.title} är inte hämtad."]


def test_a_list_for_information_is_shown_and_decides_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ListLine, "binds", property(lambda line: line.list_id == LIST_ID))
    world.take([entry for entry in parties() if entry.number != 1])
    world.take(list_id="eu-fsf")
    member = world.member(LISTED_FIRM)
    world.run()
    assert (Likeness.objects.get().list_id, Likeness.objects.get().binds) == ("eu-fsf", False)
    assert world.control_of(member).result == "met"
    world.judge("same")
    services.confirm(Likeness.objects.get().pk, actor=world.manager, version=Likeness.objects.get().version)
    assert world.control_of(member).result == "met"


def test_old_lists_are_used_only_with_a_reason_which_the_receipt_carries(world: World) -> None:
    world.take(ago=timedelta(hours=5000))
    member = world.member("Norrskenets Åkeri AB")
    with pytest.raises(ListsTooOld):
        runs.start(actor=world.officer)
    run = runs.start(actor=world.officer, stale_reason="Utgivaren är nere")
    control.execute(run.pk, tell=ignore)
    receipt = world.control_of(member).receipt
    assert receipt["old_lists_accepted_because"] == "Utgivaren är nere"
    assert receipt["lists"][0]["age_hours"] == 5000
    assert entries_for(run).last().reason == "Utgivaren är nere"


def test_the_page_asks_for_the_reason(world: World) -> None:
    world.take(ago=timedelta(hours=5000))
    world.member("Norrskenets Åkeri AB")
    client = CheckedClient()
    client.force_login(world.officer)
    page = client.post(reverse("checks:start"), follow=True)
    assert "För gammal" in client.get(reverse("checks:lists")).content.decode()
    assert "Kontrollera ändå" in page.content.decode()
    client.post(reverse("checks:start"), {"reason": "Utgivaren är nere"})
    assert ControlRun.objects.get().stale_accepted_reason == "Utgivaren är nere"


def test_dormant_members_are_left_out_and_named(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    asleep = world.member("Sovande Åkeri AB")
    register.made_dormant(asleep)
    assert sum(world.run().counts.values()) == 1
    assert list(reads.dormant()) == [asleep]


def test_the_receipt_is_proof_that_anybody_can_check(world: World) -> None:
    world.take()
    member = world.member("Norrskenets Åkeri AB")
    edition = ListEdition.objects.get()
    world.run()
    found = world.control_of(member)
    file = receipts.as_file(found)
    assert hashlib.sha256(file).hexdigest() == found.receipt_sha256
    content = json.loads(file)
    assert content["engine"]["editions"][0]["sha256"] == edition.sha256
    assert (content["result"], content["likenesses"]) == ("met", [])
    assert receipts.is_intact(found)
    Control.objects.update(receipt=found.receipt | {"result": "not_met"})
    assert not receipts.is_intact(world.control_of(member))


def test_a_sole_traders_number_is_in_no_receipt_export_or_likeness(world: World) -> None:
    number = "8112189876"  # invented by the tax agency for tests
    world.take()
    world.member(LISTED_FIRM, number=number)
    run = world.run()
    client = CheckedClient()
    client.force_login(world.officer)
    for form in ("csv", "csv-program", "json", "kvitton"):
        content = client.get(reverse("checks:export", args=[run.pk, form])).content.decode()
        assert "811218" not in content
    assert "811218" not in json.dumps([Likeness.objects.get().subject_facts, Control.objects.get().receipt])


def test_one_who_left_the_register_during_the_run_is_not_said_to_be_compared(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    gone = world.member("Tillfälliga Medlemmen AB")
    run = runs.start(actor=world.officer)
    gone.delete()
    control.execute(run.pk, tell=ignore)
    client = CheckedClient()
    client.force_login(world.officer)
    page = client.get(reverse("checks:run", args=[run.pk])).content.decode().replace("\u00a0", " ")
    assert "1 aktiv medlem jämförd med" in page and "2 aktiva medlemmar" not in page


def test_exports_have_every_member_and_follow_the_filter(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")
    world.member(LISTED_FIRM)
    run = world.run()
    client = CheckedClient()
    client.force_login(world.officer)
    address = reverse("checks:export", args=[run.pk, "json"])
    rows = [json.loads(line) for line in client.get(address).content.splitlines()]
    assert [(row["Medlem"], row["Resultat"]) for row in rows] == [
        (LISTED_FIRM, "Vet inte"),
        ("Norrskenets Åkeri AB", "Uppfyllt"),
    ]
    left_out = lists_left_out(run)
    assert left_out and {row["Bindande listor som inte användes"] for row in rows} == {"; ".join(left_out)}
    page = client.get(
        reverse("checks:member", args=[run.pk, Organisation.objects.get(legal_name=LISTED_FIRM).public_id])
    )
    assert all(title in page.content.decode() for title in left_out)
    assert len(client.get(address + "?result=unknown").content.splitlines()) == 1
    assert client.get(reverse("checks:export", args=[run.pk, "excel"])).content[:2] == b"PK"
    assert (
        client.get(reverse("checks:export", args=[run.pk, "csv"]))
        .content.decode("utf-8-sig")
        .startswith("Medlem;")
    )


def test_a_judgement_is_carried_to_later_runs_while_the_facts_are_the_same(world: World) -> None:
    world.take()
    member = world.member(LISTED_FIRM)
    world.run()
    world.judge("different")
    world.take([*parties(), party(900, "Någon helt annan")], day=2)
    world.run()
    assert (world.likeness().state, world.control_of(member).result_at_run) == ("judged", "met")
    assert Likeness.objects.get().first_run != Likeness.objects.get().last_run


def test_changed_facts_open_the_likeness_again_and_say_what_changed(world: World) -> None:
    world.take()
    member = world.member("Norrskenets Åkeri AB", board(LISTED_PERSON, "1961"))
    world.run()
    world.judge("different")
    KnownPerson.objects.update(birth_date="1961-04-09")
    world.run()
    likeness = world.likeness()
    assert (likeness.state, likeness.verdict, world.control_of(member).result) == ("waiting", "", "unknown")
    assert (
        likeness.reopened_because == "Uppgifterna har ändrats sedan bedömningen (hos medlemmen: födelsetid)."
    )
    assert likeness.judgements.count() == 1


def test_a_likeness_that_is_no_longer_found_is_gone_and_comes_back_judged(world: World) -> None:
    world.take()
    member = world.member(LISTED_FIRM)
    world.run()
    world.judge("different")
    Organisation.objects.update(legal_name="Lugna Gatan AB")
    world.run()
    assert (world.likeness().state, world.control_of(member).result) == ("gone", "met")
    Organisation.objects.update(legal_name=LISTED_FIRM)
    world.run()
    assert world.likeness().state == "judged"


def test_a_run_names_exactly_one_set_of_editions_while_lists_are_switched(world: World) -> None:
    first = world.take()
    for number in range(12):
        world.member(f"Medlem nummer {number} AB")
    world.member(LISTED_FIRM)
    run = runs.start(actor=world.officer)
    entries = [entry for entry in parties() if entry.number != 1]

    def switch(done: int, total: int) -> None:
        """Between any two members the list may change under the run."""
        edition = world.take([*entries, party(2000 + done, f"Ny post {done}")], day=2 + done % 20)
        assert edition != first

    original, control.CHUNK = control.CHUNK, 1
    try:
        control.execute(run.pk, tell=switch)
    finally:
        control.CHUNK = original
    named = {json.dumps(row.receipt["lists"]) for row in Control.objects.all()}
    assert len(named) == 1
    assert first.sha256 in named.pop()
    assert Likeness.objects.count() == 1  # the firm was on the edition that the run froze


@pytest.mark.django_db(transaction=True)
def test_many_who_start_at_once_start_one_run(world: World) -> None:
    world.take()
    world.member("Norrskenets Åkeri AB")

    def begin(_number: int) -> int:
        try:
            return runs.start(actor=world.officer).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        started = list(threads.map(begin, range(6)))
    assert len(set(started)) == ControlRun.objects.count() == 1
    assert connection.vendor in {"sqlite", "postgresql"}


NAMES = st.sampled_from(
    [
        "Kerstin Lindqvist",
        "Oleksandr Shevchuk",
        "Ivan Petrov",
        "Mohammad Rezaei",
        "Fatou Diallo",
        "Wei Zhang",
        "Иван Сидоров",
    ]
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES)
def test_another_name_on_the_board_gives_the_same_outcome_unless_a_list_has_it(
    world: World, name: str
) -> None:
    if not ControlRun.objects.exists():
        world.take()
        world.member("Norrskenets Åkeri AB", board("Anna Berg", "1970"))
        world.run()
    before = Control.objects.earliest("pk")
    KnownPerson.objects.update(name=name)
    world.run()
    after = Control.objects.latest("pk")
    assert after.result == before.result == "met"
    assert [(i["result"], i["reason"]) for i in after.items] == [
        (i["result"], i["reason"]) for i in before.items
    ]


def test_no_field_says_where_anybody_comes_from(world: World) -> None:
    member = world.member("Norrskenets Åkeri AB", board("Ivan Petrov", "1970"))
    known = subjects([member.organisation_id], as_of=member.created_at.date())
    people = [
        bearer.entity for bearer in member_of(known[member.organisation_id]).bearers.values() if bearer.roles
    ]
    assert [(entity.countries, entity.identifiers) for entity in people] == [((), ())]
    names = {field.name for model in (Likeness, Control) for field in model._meta.get_fields()}
    assert not {name for name in names if "nation" in name or "origin" in name or "citizen" in name}
