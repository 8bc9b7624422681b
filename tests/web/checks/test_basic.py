"""The basic control of an applicant: nothing blank, nothing *ok* by default, and a person who ends it."""

from __future__ import annotations

from datetime import date
from unittest.mock import Mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from tests.people import person
from tests.web.checks.applicants import NUMBER, applicant, begin
from tests.web.checks.world import LISTED_PERSON, World, board, parties, party
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.checks import own_file
from pakten.checks import services as judging
from pakten.checks.basic.automatic import AUTOMATIC
from pakten.checks.basic.items import CHECK_LISTS, ITEMS, in_force
from pakten.checks.basic.looked import Looked
from pakten.checks.models import BasicControl, BasicItem, BasicState, CheckResult, Likeness, ListInForce
from pakten.checks.queries.basic import basic_of, lists_overtaken, lists_standing
from pakten.checks.refusals import ChecksRefused, Overtaken
from pakten.checks.services import basic, basic_lists
from pakten.checks.services.basic import Settled, finish_basic, settle
from pakten.checks.services.basic_lists import compare
from pakten.checks.services.basic_opening import open_basic
from pakten.jobs.models import LEASE, Job
from pakten.members.models import Application
from pakten.members.services import MembershipFacts, admit
from pakten.organisations.facts import FactSource
from pakten.organisations.models import Sector
from pakten.organisations.services import add_known_person
from pakten.records.services import declare_conflict, drafts
from vandel.errors import InputError
from vandel.lists import catalogue

OK = Settled(CheckResult.OK, "Som i ansökan", "Egen kontroll", "https://bjorkviken.example/om")


def opened(world: World, application: Application) -> BasicControl:
    """The control of an application, begun by Hanna, with the lists compared."""
    begin(application, actor=world.officer)
    open_basic(application, world.officer)
    control = basic_of(application, state=BasicState.OPEN)
    assert control is not None
    return compare(control.pk)


def answered(control: BasicControl, world: World, **said: Settled) -> BasicControl:
    """Every item that is open is answered with *ok*, unless ``said`` otherwise."""
    open_slugs = control.items.filter(result="").exclude(slug="listor").values_list("slug", flat=True)
    answers = dict.fromkeys(open_slugs, OK) | said
    return settle(control, answers, actor=world.officer, expected_version=control.version)


def item(control: BasicControl, slug: str) -> BasicItem:
    return control.items.get(slug=slug)


def test_each_sector_has_its_own_list() -> None:
    """A public body is not asked for owners, taxes or lists; an association not for owners. An old list
    stays as it was, and days before any list have the first."""
    now, first = in_force(date(2026, 12, 1)), in_force(date(2020, 1, 1))
    slugs = {sector: {each.slug for each in now.items_for(sector)} for sector in Sector}
    assert slugs[Sector.PUBLIC] == {"nummer", "finns", "namn", "form", "webbplats", "vardegrund"}
    assert "agare" not in slugs[Sector.CIVIL] and "stadgar" in slugs[Sector.CIVIL]
    assert {"agare", "huvudman", "listor"} <= slugs[Sector.PRIVATE]
    assert len({each.slug for each in ITEMS}) == len(ITEMS)
    assert first == in_force(date(2026, 10, 31)) == CHECK_LISTS[0] != now
    older = {each.slug for each in first.items_for(Sector.PUBLIC)}
    assert older == slugs[Sector.PUBLIC] - {"form", "vardegrund"}


@pytest.mark.parametrize("sector", list(Sector))
def test_nothing_is_ok_that_nobody_looked_at(world: World, sector: Sector) -> None:
    """Without register and website: could not check, or open; only the number itself can be *ok*."""
    world.take()
    control = opened(world, applicant(actor=world.officer, sector=sector, number=NUMBER, website=""))
    looked = {row.slug: row.result for row in control.items.all()}
    assert {slug for slug, result in looked.items() if result == CheckResult.OK} == {"nummer"}
    assert looked["webbplats"] == CheckResult.COULD_NOT_CHECK
    assert all(row.source and row.checked_at for row in control.items.exclude(result=""))


def test_what_is_open_stops_the_end(world: World) -> None:
    """Never blank: the control can't be finished with an unanswered item, and says which."""
    world.take()
    control = opened(world, applicant(actor=world.officer))
    with pytest.raises(ChecksRefused, match="Besök på webbplatsen"):
        finish_basic(control, actor=world.officer, expected_version=control.version)
    assert BasicControl.objects.get().state == BasicState.OPEN


def test_lists_that_are_not_compared_stop_the_end(world: World) -> None:
    """The comparison is waited for, not skipped."""
    application = applicant(actor=world.officer)
    begin(application, actor=world.officer)
    open_basic(application, world.officer)
    control = answered(BasicControl.objects.get(), world)
    with pytest.raises(ChecksRefused, match="inte klar"):
        finish_basic(control, actor=world.officer, expected_version=control.version)


def test_no_list_is_could_not_check(world: World) -> None:
    """Without a list in force nobody has looked, and the item says so."""
    control = opened(world, applicant(actor=world.officer))
    standing = lists_standing(control)
    assert standing and standing.result == CheckResult.COULD_NOT_CHECK


def test_binding_lists_that_are_not_used_are_told_of(world: World) -> None:
    """Nothing to remark on the lists in use is no word on the others: they are named."""
    world.take()
    ListInForce.objects.update_or_create(pk="un-sc", defaults={"in_use": False})
    standing = lists_standing(opened(world, applicant(actor=world.officer, number=NUMBER)))
    assert standing and f"{catalogue()['un-sc'].title_sv} binder men används inte." in standing.note


def test_a_damaged_edition_is_no_dead_end(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The comparison says why it failed, the control can be finished, or compared again."""
    world.take()
    monkeypatch.setattr(basic_lists, "Comparison", Mock(side_effect=InputError("lists.damaged_edition", "x")))
    control = opened(world, applicant(actor=world.officer, number=NUMBER))
    standing = lists_standing(control)
    assert control.lists_at and standing and standing.result == CheckResult.COULD_NOT_CHECK
    assert "skadad" in standing.note and control.lists_receipt == {}
    monkeypatch.undo()
    client = CheckedClient()
    client.force_login(world.officer)
    address = f"/kontroll/grundkontroll/{control.pk}/jamfor-igen/"
    assert "Jämförelsen pågår" in client.post(address).content.decode()
    assert "pågår redan" in client.post(address).content.decode()
    control = compare(control.pk)
    assert control.lists_receipt and not control.lists_fault
    finished = answered(control, world)
    finish_basic(finished, actor=world.officer, expected_version=finished.version)
    with pytest.raises(ChecksRefused, match="slutförd"):
        basic_lists.compare_again(BasicControl.objects.get(), actor=world.officer)
    with pytest.raises(PermissionDenied):
        basic_lists.compare_again(finished, actor=person(Role.AUDITOR))


@pytest.mark.parametrize("state", ["failed", "stopped", "running"])
def test_a_job_that_died_is_not_waited_for(world: World, state: str) -> None:
    """Failed, stopped, or silent for too long: could not check, and the control goes on."""
    world.take()
    begin(applicant(actor=world.officer, number=NUMBER), actor=world.officer)
    open_basic(Application.objects.get(), world.officer)
    control = BasicControl.objects.get()
    assert lists_standing(control) is None
    job = Job.objects.filter(kind="checks.basic")
    job.update(state=state, lease_until=world.now() - LEASE, unique_kind=None)
    standing = lists_standing(control)
    assert standing and standing.result == CheckResult.COULD_NOT_CHECK
    control = answered(control, world)
    finish_basic(control, actor=world.officer, expected_version=control.version)
    assert item(control, "listor").result == CheckResult.COULD_NOT_CHECK


def test_what_overtakes_a_comparison_is_told(world: World) -> None:
    """A person who became known later, or a newer edition: the page says so, and compares again."""
    world.take()
    control = opened(world, applicant(actor=world.officer, number=NUMBER))
    assert lists_overtaken(control) == ""
    source = FactSource("Protokoll", recorded_at=world.now())
    organisation = control.application.organisation
    add_known_person(organisation, board(LISTED_PERSON), actor=world.officer, source=source)
    assert "personer" in lists_overtaken(control)
    Job.objects.filter(kind="checks.basic").update(state="done")
    client = CheckedClient()
    client.force_login(world.officer)
    sent = {"version": control.version, "webbplats-result": "ok", "webbplats-note": "Läst.", "jamfor": "1"}
    assert client.post(f"/kontroll/grundkontroll/{control.pk}/", sent).status_code == 302
    assert item(control, "webbplats").note == "Läst."
    control = compare(control.pk)
    assert control.likenesses.count() == 1 and lists_overtaken(control) == ""
    world.take(parties(party(3, "Ny Post")), day=2)
    assert "Listorna" in lists_overtaken(control)


def test_a_clean_control_is_registered(world: World) -> None:
    """The end leaves a paper with the receipt in the diary, and the application goes on without deviation."""
    world.take()
    control = answered(opened(world, applicant(actor=world.officer, number=NUMBER)), world)
    finish_basic(control, actor=world.officer, expected_version=control.version)
    control = BasicControl.objects.get()
    assert control.record and control.record.number.startswith(str(control.application.case))
    assert [file.media_type for file in control.record.files.all()] == ["application/pdf"]
    application = Application.objects.get()
    assert (application.state, application.has_deviation) == ("control_done", False)
    assert item(control, "listor").sha256 == control.lists_receipt_sha256 != ""
    assert Entry.objects.filter(action="checks.basic.finished").count() == 1


def test_a_deviation_is_described_and_told(world: World) -> None:
    """A deviation without words is refused; with words the application carries it."""
    world.take()
    control = opened(world, applicant(actor=world.officer, number=NUMBER))
    with pytest.raises(ChecksRefused, match="beskriv vad du såg"):
        answered(control, world, agare=Settled(CheckResult.DEVIATION, " "))
    control.refresh_from_db()
    seen = Settled(CheckResult.DEVIATION, "Sidan säljer något annat.", "Webbplatsen", "https://a.example/")
    control = answered(control, world, webbplats=seen)
    finish_basic(control, actor=world.officer, expected_version=control.version)
    application = Application.objects.get()
    assert application.has_deviation is True
    assert "Besök på webbplatsen" in application.control_summary


@pytest.mark.parametrize("result", [CheckResult.OK, CheckResult.DEVIATION])
def test_a_visit_to_the_website_is_told_of(world: World, result: CheckResult) -> None:
    """Nobody says that a website is fine without a word of what was there; the form keeps what was typed."""
    control = opened(world, applicant(actor=world.officer, number=NUMBER))
    tell = "Skriv kort vad du såg på webbplatsen."
    with pytest.raises(ChecksRefused, match=tell):
        settle(
            control,
            {"webbplats": Settled(result, " ")},
            actor=world.officer,
            expected_version=control.version,
        )
    control.refresh_from_db()
    client = CheckedClient()
    client.force_login(world.officer)
    address = f"/kontroll/grundkontroll/{control.pk}/"
    sent = {"version": control.version, "webbplats-result": result.value, "spara": ""}
    answer = client.post(address, sent)
    assert answer.status_code == 422 and tell in answer.content.decode()
    assert item(control, "webbplats").result == ""
    assert client.post(address, sent | {"webbplats-note": "En snickares sida."}).status_code == 302
    assert item(control, "webbplats").note == "En snickares sida."


def test_a_website_that_could_not_be_seen_needs_no_words(world: World) -> None:
    control = opened(world, applicant(actor=world.officer, number=NUMBER))
    said = {"webbplats": Settled(CheckResult.COULD_NOT_CHECK)}
    settle(control, said, actor=world.officer, expected_version=control.version)
    assert item(control, "webbplats").result == CheckResult.COULD_NOT_CHECK


def test_what_the_system_saw_stays_with_the_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The source that a person answered by is kept; what was seen of a deviation is told whole (L-40).

    What speaks for a deviation is no reason for *ok*: who says otherwise says why.
    """
    world.take()
    said = "Påhittat register: Konkurs inledd."
    seen = Looked(None, said, "Påhittat register", proposed=CheckResult.DEVIATION)
    monkeypatch.setitem(AUTOMATIC, "finns", lambda _control: seen)
    control = opened(world, applicant(actor=world.officer, number=NUMBER))
    seen = Settled(CheckResult.DEVIATION, "Sidan säljer något annat.")
    with pytest.raises(ChecksRefused, match="annat än systemets förslag"):
        answered(control, world, finns=Settled(CheckResult.OK), webbplats=seen)
    control.refresh_from_db()
    lifted = Settled(CheckResult.OK, "Konkursen är hävd, sett i registret i dag.")
    control = answered(control, world, finns=lifted, webbplats=seen)
    row = item(control, "finns")
    assert (row.result, row.source, row.checked_by) == ("ok", "Påhittat register", world.officer)
    assert row.note == lifted.note
    finish_basic(control, actor=world.officer, expected_version=control.version)
    assert Application.objects.get().control_summary.endswith("Sidan säljer något annat.")


def test_a_likeness_waits_for_a_person(world: World) -> None:
    """A name on the list stops the end until it is judged; *different* lets it go on."""
    world.take()
    control = opened(world, applicant("Sagvikens Bygg AB", board(LISTED_PERSON), actor=world.officer))
    assert control.likenesses.count() == 1
    control = answered(control, world)
    with pytest.raises(ChecksRefused, match="namnlikhet väntar"):
        finish_basic(control, actor=world.officer, expected_version=control.version)
    world.judge("different")
    finish_basic(BasicControl.objects.get(), actor=world.officer, expected_version=control.version)
    assert item(BasicControl.objects.get(), "listor").result == CheckResult.OK


def test_same_needs_a_second_person_and_is_a_deviation(world: World) -> None:
    """A confirmed *same* makes the item a deviation, whatever else was said."""
    world.take()
    control = opened(world, applicant("Sagvikens Bygg AB", board(LISTED_PERSON), actor=world.officer))
    control = answered(control, world)
    world.judge("same")
    with pytest.raises(ChecksRefused):
        finish_basic(control, actor=world.officer, expected_version=control.version)
    likeness = Likeness.objects.get()
    judging.confirm(likeness.pk, actor=world.manager, version=likeness.version)
    finish_basic(control, actor=world.officer, expected_version=control.version)
    assert item(BasicControl.objects.get(), "listor").result == CheckResult.DEVIATION
    assert Application.objects.get().has_deviation is True


def test_a_later_run_keeps_the_judgement(world: World) -> None:
    """The likeness that the applicant's control found is the same one when the member is controlled."""
    world.take()
    application = applicant("Sagvikens Bygg AB", board(LISTED_PERSON), actor=world.officer)
    opened(world, application)
    world.judge("different")
    admit(application.organisation, MembershipFacts(), actor=world.officer, reason="Prov")
    world.run()
    likeness = Likeness.objects.get()
    assert (likeness.verdict, likeness.last_run is not None) == ("different", True)


def test_the_engine_ends_nothing(world: World) -> None:
    """L-01: neither nobody nor somebody without the role fills in or ends a control."""
    world.take()
    control = opened(world, applicant(actor=world.officer))
    for who in (None, person(Role.AUDITOR), person(Role.REGISTRAR)):
        with pytest.raises(PermissionDenied):
            settle(control, {"webbplats": OK}, actor=who, expected_version=control.version)  # type: ignore[arg-type]
        with pytest.raises(PermissionDenied):
            finish_basic(control, actor=who, expected_version=control.version)  # type: ignore[arg-type]


def test_two_at_once(world: World) -> None:
    """Of two who fill in the same control one wins, and the other is told."""
    world.take()
    control = opened(world, applicant(actor=world.officer))
    other = BasicControl.objects.get()
    settle(control, {"webbplats": OK}, actor=world.officer, expected_version=control.version)
    with pytest.raises(Overtaken):
        settle(other, {"webbplats": OK}, actor=world.manager, expected_version=other.version)


def test_the_lists_are_not_answered_by_hand(world: World) -> None:
    """Nobody writes the lists' result: it follows from what was compared and judged."""
    world.take()
    control = opened(world, applicant(actor=world.officer))
    with pytest.raises(ChecksRefused):
        settle(control, {"listor": OK}, actor=world.officer, expected_version=control.version)


def test_the_tables_refuse_what_the_services_would(world: World) -> None:
    """A result without source, and a deviation without words, can't be stored by any way."""
    control = opened(world, applicant(actor=world.officer))
    for wrong in ({"result": "ok", "source": ""}, {"result": "deviation", "source": "x", "note": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            control.items.filter(slug="webbplats").update(**wrong)


def test_same_facts_give_the_same_proposal(world: World) -> None:
    """L-19, L-20: another name of a director, Slavic or not, changes nothing unless a list has it."""
    world.take()
    results = []
    for name in ("Anna Lindqvist", "Svetlana Ivanova", "Amir Haddad"):
        control = opened(world, applicant(f"Bolag {len(results)} AB", board(name), actor=world.officer))
        results.append([(row.slug, row.result, row.note) for row in control.items.all()])
    assert results[0] == results[1] == results[2]


def test_the_member_sees_what_was_looked_at(world: World) -> None:
    """L-40: the own file tells each source with its time, and each fact can be commented on."""
    world.take()
    control = answered(opened(world, applicant(actor=world.officer, number=NUMBER)), world)
    finish_basic(control, actor=world.officer, expected_version=control.version)
    application = Application.objects.get()
    admit(application.organisation, MembershipFacts(), actor=world.officer, reason="Prov")
    world.run()
    told = list(own_file.facts(application.organisation))
    assert told[0].label == "Kontroll mot sanktionslistor" and told[0].source
    assert {item.label for item in told} >= {each.title for each in CHECK_LISTS[-1].items_for(Sector.PRIVATE)}
    assert all(each.source and each.recorded_at and each.key for each in told)


def test_a_conflict_of_interest_closes_the_likenesses_of_the_applicant(world: World) -> None:
    """L-17: neither seen nor judged by whoever has a conflict in the application's case."""
    world.take()
    control = opened(world, applicant("Björkvikens Snickeri AB", board(LISTED_PERSON), actor=world.officer))
    likeness = control.likenesses.get()
    declare_conflict(control.application.case, world.officer, actor=world.officer, reason="Min svåger")
    opinion = judging.Opinion("different", "En annan födelsetid")
    for act in (
        lambda: judging.judge(likeness.pk, opinion, actor=world.officer, version=likeness.version),
        lambda: judging.confirm(likeness.pk, actor=world.officer, version=likeness.version),
        lambda: judging.decline(likeness.pk, "x", actor=world.officer, version=likeness.version),
        lambda: judging.withdraw(likeness.pk, "x", actor=world.officer, version=likeness.version),
    ):
        with pytest.raises(PermissionDenied, match="jäv"):
            act()
    client = CheckedClient()
    client.force_login(world.officer)
    assert client.get(f"/kontroll/namnlikheter/{likeness.pk}/").status_code == 403
    assert "Björkvikens" not in client.get("/kontroll/namnlikheter/").content.decode()
    client.force_login(world.manager)
    assert "Björkvikens" in client.get("/kontroll/namnlikheter/").content.decode()
    judging.judge(likeness.pk, opinion, actor=world.manager, version=likeness.version)


def test_rows_are_locked_before_the_log_is(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else whoever works with the application at the same moment and this could wait for each other."""
    world.take()
    control = answered(opened(world, applicant(actor=world.officer)), world)
    steps: list[str] = []
    monkeypatch.setattr(basic, "hold", lambda _application: steps.append("rows"))
    for module in (basic, drafts):
        name = "record" if module is basic else "log"
        real = getattr(module, name)
        monkeypatch.setattr(
            module, name, lambda *a, _real=real, **k: (steps.append("log"), _real(*a, **k))[1]
        )
    finish_basic(control, actor=world.officer, expected_version=control.version)
    assert steps[:2] == ["rows", "log"]


def test_a_comparison_in_the_last_moment_is_what_the_item_tells_of(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lists are read when no comparison can change them any more."""
    world.take()
    control = answered(opened(world, applicant(actor=world.officer)), world)
    monkeypatch.setattr(basic, "hold", lambda _application: compare(control.pk))
    done = finish_basic(control, actor=world.officer, expected_version=control.version)
    done.refresh_from_db()
    assert item(done, "listor").sha256 == done.lists_receipt_sha256
