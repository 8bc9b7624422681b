"""The check list of a member: opened by a person or by the system, never blank, finished by a person only."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from tests.people import person
from tests.web.checks.applicants import NUMBER
from tests.web.checks.world import World
from tests.web.pages import CheckedClient
from tests.web.visits import world as sites

from pakten.accounts.models import Role
from pakten.checks import own_file
from pakten.checks.basic import finished, from_visits
from pakten.checks.basic.forms import item_rows
from pakten.checks.basic.holding import holds_until
from pakten.checks.basic.items import CHECK_LISTS
from pakten.checks.models import BasicControl, BasicItem, BasicState, CheckResult
from pakten.checks.queries import basic as queries
from pakten.checks.refusals import ChecksRefused
from pakten.checks.services.basic import Settled, finish_basic, settle
from pakten.checks.services.basic_lists import compare
from pakten.checks.services.basic_opening import open_control, take_in
from pakten.organisations.models import Organisation, Sector
from pakten.records.models import CaseState
from pakten.records.services import declare_conflict
from pakten.visits.models import Visit
from pakten.visits.queries import ItemResult

OK = Settled(CheckResult.OK, "Läst", "Egen kontroll", "https://bjorkviken.example/om")


@pytest.fixture
def organisation(world: World) -> Organisation:
    """A member with a website, and a list to be compared with."""
    world.take()
    row = world.member("Björkvikens Snickeri AB", number=NUMBER).organisation
    Organisation.objects.filter(pk=row.pk).update(website="https://bjorkviken.example")
    row.refresh_from_db()
    return row


def begun(world: World, organisation: Organisation) -> BasicControl:
    """A control that Hanna began, compared with the lists."""
    control = open_control(organisation, because="Årlig kontroll", actor=world.officer)
    return compare(control.pk)


def done(world: World, control: BasicControl, **said: Settled) -> BasicControl:
    """The control with every open item answered *ok* but those in ``said``, and finished."""
    left = control.items.filter(result="").exclude(slug="listor").values_list("slug", flat=True)
    answers = dict.fromkeys(left, OK) | said
    control = settle(control, answers, actor=world.officer, expected_version=control.version)
    return finish_basic(control, actor=world.officer, expected_version=control.version)


def visited(result: str, monkeypatch: pytest.MonkeyPatch, *, world: World) -> None:
    """Every website has been visited, with this result."""
    seen = ItemResult(
        "webbplats",
        result,
        "Vi pausar i landet.",
        "Systemets besök",
        "https://b.example",
        "a" * 64,
        world.now(),
    )
    monkeypatch.setattr(from_visits, "item_results", lambda _organisation, _slugs: [seen])


def test_how_long_an_answer_holds() -> None:
    """By the list's rule for each item; the last day of a month stays in its month."""
    assert holds_until("finns", date(2028, 2, 29)) == date(2029, 2, 28)
    assert holds_until("stadgar", date(2026, 12, 31)) == date(2028, 12, 31)
    assert holds_until("nummer", date(2026, 1, 1)) is holds_until("listor", date(2026, 1, 1)) is None


def test_from_the_page_to_the_diary(world: World, organisation: Organisation) -> None:
    """One click begins it, the form ends it: a case of its own, a paper, and nothing blank on the tab."""
    client = CheckedClient()
    client.force_login(world.officer)
    tab = f"/medlemmar/{organisation.public_id}/kontroll/"
    assert "Kontrollera nu" in client.get(tab).content.decode()
    answer = client.post(f"/kontroll/medlem/{organisation.public_id}/checklista/")
    control = queries.open_control(organisation)
    assert control and answer.headers["Location"] == f"/kontroll/checklistor/{control.pk}/"
    assert Visit.objects.get().organisation == organisation
    assert "Ett besök är beställt" in client.get(answer.headers["Location"]).content.decode()
    compare(control.pk)
    sent = {"version": control.version, "slutfor": "1"}
    for slug in control.items.filter(result="").exclude(slug="listor").values_list("slug", flat=True):
        sent |= {f"{slug}-result": "ok", f"{slug}-note": "Läst."}
    address = f"/kontroll/grundkontroll/{control.pk}/"
    assert client.post(address, sent, follow=True).redirect_chain[0][0].endswith(f"/{control.pk}/")
    control = queries.latest_done(organisation)
    assert control and control.record and control.case and queries.open_control(organisation) is None
    assert control.case.state == CaseState.CLOSED, "without deviation nothing is left to do"
    assert all(row.result and row.source and row.checked_at for row in control.items.all())
    page = client.get(tab).content.decode()
    assert "Gäller till" in page and str(control.record) in page
    told = {fact.label for fact in own_file.facts(organisation)}
    assert {each.title for each in CHECK_LISTS[-1].items_for(Sector.PRIVATE)} <= told, "L-40"


def test_the_system_begins_and_never_ends(world: World, organisation: Organisation) -> None:
    """L-01: opening twice is opening once; the engine finishes nothing; an auditor only reads."""
    control = open_control(organisation, because="Registret har ändrats.")
    assert open_control(organisation, because="Igen", actor=world.officer) == control
    assert control.opened_by is None and control.because == "Registret har ändrats."
    with pytest.raises(PermissionDenied):
        finish_basic(control, actor=None, expected_version=control.version)  # type: ignore[arg-type]
    auditor = person(Role.AUDITOR)
    with pytest.raises(PermissionDenied):
        settle(control, {"webbplats": OK}, actor=auditor, expected_version=control.version)
    with pytest.raises(PermissionDenied):
        open_control(organisation, because="x", actor=auditor)
    client = CheckedClient()
    client.force_login(auditor)
    queue = client.get("/kontroll/checklistor/").content.decode()
    assert organisation.legal_name in queue and "Registret har ändrats." in queue
    page = client.get(f"/kontroll/checklistor/{control.pk}/").content.decode()
    assert "Registret har ändrats." in page and "Slutför" not in page


def test_whoever_waits_for_the_end_is_told_in_it(
    world: World, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The listener sees items, case and paper; what it raises undoes the finish."""
    seen: list[tuple[str, bool, set[str]]] = []

    def listener(control: BasicControl) -> None:
        results = set(control.items.values_list("result", flat=True))
        seen.append((control.state, control.record is not None, results))
        if len(seen) == 1:
            raise RuntimeError("undone")

    monkeypatch.setattr(finished, "_LISTENERS", [])
    finished.on_finish(listener)
    finished.on_finish(listener)
    control = begun(world, organisation)
    deviation = Settled(CheckResult.DEVIATION, "Säljer i Ryssland.", "Webbplatsen")
    with pytest.raises(RuntimeError):
        done(world, control, webbplats=deviation)
    control = BasicControl.objects.get()
    assert control.state == BasicState.OPEN and control.record is None
    control = done(world, control, webbplats=deviation)
    assert seen[1][:2] == ("done", True) and "deviation" in seen[1][2] and len(seen) == 2
    assert control.case and control.case.state == CaseState.OPEN, "a deviation is dealt with in the case"


def test_what_expires_is_found(world: World, organisation: Organisation) -> None:
    """Only of the newest finished control, and not while one is open."""
    control = done(world, begun(world, organisation))
    today = date.today()
    assert not queries.expiring(today + timedelta(days=300))
    assert {row.slug for row in queries.expiring(today + timedelta(days=370))} >= {"webbplats", "finns"}
    late = BasicItem.objects.filter(control=control, slug="webbplats")
    late.update(expires_on=today)
    assert [row.slug for row in queries.expiring(today + timedelta(days=1))] == ["webbplats"]
    newer = begun(world, organisation)
    assert not queries.expiring(today + timedelta(days=370))
    done(world, newer)
    assert not queries.expiring(today + timedelta(days=1))


def test_what_still_holds_is_carried_over(world: World, organisation: Organisation) -> None:
    """With its own day and person; what has expired is asked again, and a deviation is proposed, not set."""
    said = {
        "huvudman": Settled(CheckResult.OK, "Sett i registret", "Registret"),
        "styrelse": Settled(CheckResult.DEVIATION, "En ledamot saknas i protokollet.", "Protokoll"),
        "agare": Settled(CheckResult.OK, "Aktieboken", "Aktiebok"),
    }
    first = done(world, begun(world, organisation), **said)
    first.items.filter(slug="agare").update(expires_on=date.today())
    second = {row.slug: row for row in begun(world, organisation).items.all()}
    kept = second["huvudman"]
    assert (kept.result, kept.checked_by, kept.source) == ("ok", world.officer, "Registret")
    assert kept.checked_at == first.items.get(slug="huvudman").checked_at
    assert second["agare"].checked_by is None
    assert (second["styrelse"].result, second["styrelse"].proposed) == ("", "deviation")


@pytest.mark.parametrize(
    ("result", "stored", "proposed"),
    [("could_not_check", "could_not_check", ""), ("ok", "", "ok"), ("deviation", "", "deviation")],
)
def test_a_visit_is_proposed_and_a_person_confirms(
    world: World,
    organisation: Organisation,
    monkeypatch: pytest.MonkeyPatch,
    *,
    result: str,
    stored: str,
    proposed: str,
) -> None:
    """Not getting in is *could not check*, never *ok*; a machine's reading waits for a person."""
    control = begun(world, organisation)
    assert control.items.get(slug="webbplats").result == ""
    visited(result, monkeypatch, world=world)
    take_in(control.pk)
    row = control.items.get(slug="webbplats")
    assert (row.result, row.proposed, row.sha256) == (stored, proposed, "a" * 64)
    if proposed:
        other = CheckResult.OK if proposed == "deviation" else CheckResult.DEVIATION
        with pytest.raises(ChecksRefused, match="annat än systemets förslag"):
            answers = {"webbplats": Settled(other)}
            settle(control, answers, actor=world.officer, expected_version=control.version)
        page = item_rows(control, {"webbplats-result": other, "webbplats-note": " "})
        assert any("förslag" in str(line.form.errors) for line in page), "L-22: said with own words"
        control.refresh_from_db()
        confirmed = Settled(CheckResult(proposed))
        settle(control, {"webbplats": confirmed}, actor=world.officer, expected_version=control.version)
        row.refresh_from_db()
        assert (row.result, row.checked_by, row.sha256) == (proposed, world.officer, "a" * 64)
        assert row.note == "Vi pausar i landet."
        visited("could_not_check", monkeypatch, world=world)
        take_in(control.pk)
        row.refresh_from_db()
        assert row.result == proposed, "what a person has said is not written over"


def test_a_visit_comes_to_the_open_control_by_itself(db: None) -> None:
    """The visit that the control ordered is made by a job: what it saw stands as a proposal, with digest."""
    member = sites.member()
    control = open_control(member.organisation, because="Prov")
    assert control.items.get(slug="webbplats").proposed == ""
    with sites.invented({sites.HOST: sites.SITE}):
        visit = sites.visited(member)
    row = control.items.get(slug="webbplats")
    assert (row.result, row.proposed, row.sha256) == ("", "ok", visit.manifest_sha256)
    with sites.invented({}):
        sites.visited(member)
    row.refresh_from_db()
    assert (row.result, row.proposed) == ("could_not_check", ""), "not reached is never ok"


def test_a_visit_in_the_last_moment_stops_the_end(
    world: World, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system took for unreachable has been read meanwhile: somebody has to look at it first."""
    visited("could_not_check", monkeypatch, world=world)
    control = begun(world, organisation)
    visited("ok", monkeypatch, world=world)
    with pytest.raises(ChecksRefused, match="Besök på webbplatsen"):
        done(world, control)


def test_a_conflict_of_interest_closes_the_member(world: World, organisation: Organisation) -> None:
    """L-17: also in the case of an earlier control."""
    control = done(world, begun(world, organisation), webbplats=Settled(CheckResult.DEVIATION, "Se sidan 2"))
    assert control.case
    declare_conflict(control.case, world.officer, actor=world.officer, reason="Min svåger")
    with pytest.raises(PermissionDenied, match="jäv"):
        open_control(organisation, because="x", actor=world.officer)
    client = CheckedClient()
    client.force_login(world.officer)
    assert client.get(f"/kontroll/checklistor/{control.pk}/").status_code == 403
    open_control(organisation, because="x", actor=world.manager)
    assert "Björkvikens" not in client.get("/kontroll/checklistor/").content.decode()
    assert queries.open_controls(world.manager).count() == 1
