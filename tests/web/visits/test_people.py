"""What people do: judge proposals, say whose a website is, write own visits down, dispose of evidence."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from tests.people import person
from tests.web.checks.applicants import applicant
from tests.web.pages import CheckedClient
from tests.web.visits import seen, world
from tests.web.visits.world import HOST, RUSSIAN_SITE, invented, member, visited

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.checks.models import BasicControl
from pakten.members.models import Membership, State
from pakten.organisations import changes
from pakten.records.services import CaseFacts, declare_conflict, open_case
from pakten.visits import queries, services
from pakten.visits.models import (
    BelongingVerdict,
    SeenResult,
    SeenTopic,
    StatementVerdict,
    Visit,
    VisitOutcome,
)
from pakten.visits.queries import listing
from pakten.visits.queries.difference import difference_of
from pakten.visits.queries.standing import standings
from pakten.visits.refusals import VisitRefused
from pakten.visits.services import evidence
from pakten.visits.services.judging import judge_belonging, judge_statement
from pakten.visits.services.own_visit import Seen, write_own_visit

pytestmark = pytest.mark.django_db
OTHER_SITE = {"/": "<html lang=sv><main><p>Vi bygger webbplatser åt andra. Org.nr 556000-4615.</p></main>"}


def website(membership) -> queries.ItemResult:
    return queries.item_results(membership.organisation)[0]


def russian() -> tuple:
    membership = member()
    with invented({HOST: RUSSIAN_SITE}):
        visit = visited(membership)
    return membership, visit, visit.statements.get(label="russia_operations_ongoing")


@pytest.mark.parametrize(
    ("verdict", "result"),
    [
        (StatementVerdict.DEVIATION, "deviation"),
        (StatementVerdict.NO_DEVIATION, "ok"),
        (StatementVerdict.REJECTED, "ok"),
        (StatementVerdict.CANNOT_TELL, "could_not_check"),
    ],
)
def test_only_a_persons_word_settles_a_statement(verdict, result, officer, heard):
    membership, visit, statement = russian()
    heard.clear()
    assert website(membership).result == "could_not_check"
    judge_statement(statement, verdict, note="Läst och jämfört", actor=officer)
    assert website(membership).result == result
    waits = {
        row.pk for row in listing.visit_list(listing.VisitFilters(to_read=True), person(Role.CASE_OFFICER))
    }
    assert (visit.pk in waits) == (verdict == StatementVerdict.CANNOT_TELL)
    assert [change.kind for change in heard] == [changes.ChangeKind.SITE]
    entry = Entry.objects.get(action="visits.statement.judged")
    assert entry.after["words"] == statement.snippet and entry.reason == "Läst och jämfört"


def test_the_newest_word_holds_and_the_first_stays(officer, manager):
    membership, _, statement = russian()
    judge_statement(statement, StatementVerdict.REJECTED, note="Fel", actor=officer)
    judge_statement(statement, StatementVerdict.DEVIATION, note="Jo", actor=manager)
    assert website(membership).result == "deviation" and statement.judgements.count() == 2


def test_a_word_is_carried_over_to_the_same_words_and_no_others(officer):
    membership, _, statement = russian()
    judge_statement(statement, StatementVerdict.NO_DEVIATION, note="Gammal text", actor=officer)
    with invented({HOST: RUSSIAN_SITE}) as known:
        again = visited(membership)
        (standing,) = [one for one in standings(again) if one.statement.key == statement.key]
        assert standing.carried and standing.judgement.by == officer and not standing.waits
        assert website(membership).result == "ok"
        known.table[HOST]["/om-oss"] = world.ABOUT.format("Vi har kontor och fabrik i Ryssland.")
        visited(membership)
    assert website(membership).result == "could_not_check", "other words ask anew"


def test_nobody_else_judges_and_never_without_a_reason(officer, auditor):
    _, visit, statement = russian()
    for actor in (None, auditor, person(Role.MEMBER_CONTACT)):
        with pytest.raises(PermissionDenied):
            judge_statement(statement, StatementVerdict.DEVIATION, note="x", actor=actor)
        with pytest.raises(PermissionDenied):
            judge_belonging(visit, BelongingVerdict.THEIRS, note="x", actor=actor)
    with pytest.raises(VisitRefused, match="varför"):
        judge_statement(statement, StatementVerdict.DEVIATION, note=" ", actor=officer)
    with pytest.raises(VisitRefused):
        judge_statement(statement, "guilty", note="x", actor=officer)
    assert not statement.judgements.exists()


def test_whose_a_website_is_is_a_persons_word(officer):
    """X and D are a task for a person, never a refusal."""
    membership = member()
    with invented({HOST: OTHER_SITE}):
        visit = visited(membership)
        assert visit.whose == "X" and website(membership).result == "could_not_check"
        judge_belonging(visit, BelongingVerdict.THEIRS, note="Byråns nummer i foten", actor=officer)
        assert website(membership).result == "ok"
        visited(membership)
        assert website(membership).result == "ok", "the same address and number: the word holds"
    changed = {"/": OTHER_SITE["/"].replace("556000-4615", "212000-0142")}
    with invented({HOST: changed}):
        new = visited(membership)
    assert website(membership).result == "could_not_check", "another number asks anew"
    judge_belonging(new, BelongingVerdict.NOT_THEIRS, note="En kommuns sida", actor=officer)
    assert website(membership).result == "could_not_check" and "inte deras" in website(membership).note


def test_an_own_visit_counts_in_the_persons_name(officer):
    membership = member()
    topics = (
        Seen(SeenTopic.WEBSITE, SeenResult.OK, "Åkeri"),
        Seen(SeenTopic.RUSSIA, SeenResult.DEVIATION, "Kontor i Moskva", "Vi finns i Moskva", "/om-oss"),
        Seen(SeenTopic.AGREEMENT, SeenResult.OK, "", "Vi har kollektivavtal"),
    )
    number = uuid4()
    visit = write_own_visit(membership.organisation, seen.told(seen=topics), actor=officer, submission=number)
    again = write_own_visit(membership.organisation, seen.told(seen=topics), actor=officer, submission=number)
    assert visit.pk == again.pk, "sent twice, kept once"
    first, second = queries.item_results(membership.organisation)
    assert first.result == "deviation" and "Vi finns i Moskva" in first.note and str(officer) in first.source
    assert (second.slug, second.result) == ("kollektivavtal", "ok")
    assert evidence.file_of(visit.files.get()) == seen.PNG and visit.files.get().media_type == "image/png"
    with pytest.raises(PermissionDenied):
        write_own_visit(membership.organisation, seen.told(), actor=None)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"at": timezone.now() + timedelta(days=2)}, "framtiden"),
        ({"seen": ()}, "vad du såg"),
        ({"address": " "}, "vilken adress"),
        ({"could_see": False}, "varför"),
        ({"seen": (Seen(SeenTopic.WEBSITE, SeenResult.DEVIATION),)}, "vad du såg"),
        ({"files": (("x.png", ContentFile(b"MZ program")),)}, "varken en bild"),
        ({"files": (("x.png", ContentFile(b"")),)}, "tom"),
        ({"files": (("x.pdf", ContentFile(b"%PDF-1.7 ")),) * 6}, "för många"),
    ],
    ids=["future", "nothing", "address", "why", "undescribed", "program", "empty", "many"],
)
def test_an_own_visit_that_can_not_be_kept(more, says, officer):
    with pytest.raises(VisitRefused, match=says), transaction.atomic():
        write_own_visit(member().organisation, seen.told(**more), actor=officer)
    assert not Visit.objects.exists()


def test_a_persons_visit_stands_while_the_machine_can_not_get_in(officer):
    membership = member()
    write_own_visit(membership.organisation, seen.told(), actor=officer)
    with invented({}):
        visited(membership)
    assert website(membership).result == "ok" and "Eget besök" in website(membership).source
    with invented():
        visited(membership)
    assert "Systemet" in website(membership).source, "a newer visit that was read counts"
    with invented({}):
        visited(membership)
    assert website(membership).result == "could_not_check", "an older own visit does not come back"


def test_what_could_not_be_seen_is_no_ok(officer):
    membership = member()
    told = seen.told(could_see=False, why="Sidan låg nere hela dagen", seen=(), files=())
    visit = write_own_visit(membership.organisation, told, actor=officer)
    assert visit.outcome == VisitOutcome.NOT_SEEN
    assert website(membership).result == "could_not_check"


def test_the_difference_to_the_visit_before():
    membership = member()
    with invented() as known:
        first = visited(membership)
        known.table[HOST] = dict(RUSSIAN_SITE)
        second = visited(membership)
    assert difference_of(first) is None
    found = difference_of(second)
    assert found.previous == first and found.went == [] and found.stayed == 1
    assert [row.label for row in found.came] == ["russia_operations_ongoing"]


def test_a_made_visit_is_never_changed(officer):
    _, visit, statement = russian()
    said = judge_statement(statement, StatementVerdict.REJECTED, note="Fel", actor=officer)
    own = write_own_visit(visit.organisation, seen.told(), actor=officer)
    page = visit.pages.first()
    attempts = [
        lambda: Visit.objects.filter(pk=visit.pk).update(outcome="parked"),
        lambda: Visit.objects.filter(pk=visit.pk).update(state="waiting"),
        lambda: type(page).objects.filter(pk=page.pk).update(url="x"),
        lambda: type(statement).objects.filter(pk=statement.pk).update(snippet="x"),
        lambda: type(said).objects.filter(pk=said.pk).update(verdict="deviation"),
        lambda: own.seen.update(result="ok", note="x"),
        lambda: own.files.update(sha256="0" * 64),
        lambda: type(page).objects.create(
            visit=visit, position=99, asked="x", url="x", topic="x", outcome="x"
        ),
        lambda: Visit.objects.filter(pk=visit.pk)._raw_delete("default"),
        lambda: type(said).objects.filter(pk=said.pk)._raw_delete("default"),
    ]
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert connection.vendor in {"sqlite", "postgresql"}


def test_damaged_evidence_is_never_handed_out():
    _, visit, statement = russian()
    path = visit.archive.name
    with default_storage.open(path) as stream:
        data = bytearray(stream.read())
    data[len(data) // 2] ^= 1
    default_storage.delete(path)
    default_storage.save(path, ContentFile(bytes(data)))
    for read in (evidence.package_of, evidence.faults_of, evidence.texts_of):
        with pytest.raises(VisitRefused, match="skadad"):
            read(visit)
    with pytest.raises(VisitRefused, match="skadad"):
        evidence.text_of(statement.page)


def test_files_that_never_came_to_a_row_are_deleted():
    _, visit, _ = russian()
    lost = default_storage.save("visits/aa/lost", ContentFile(b"half a visit"))
    assert evidence.delete_lost_files(timedelta(hours=1)) == 0, "somebody may still be at it"
    assert evidence.delete_lost_files(timedelta(seconds=-1)) >= 1
    assert not default_storage.exists(lost) and evidence.faults_of(visit) == []


def test_evidence_is_disposed_of_by_decision_only_and_when_its_time_is_out(officer, settings):
    """L-35: nothing is destroyed without a decision; when the time is out the system says that it must be."""
    registrar = person(Role.REGISTRAR)
    _, kept, _ = russian()
    with pytest.raises(VisitRefused, match="Tiden"):
        evidence.dispose(kept, "GB 1", actor=registrar)
    settings.SITE_ARCHIVE_YEARS = -1
    membership = member("Gamla Åkeriet AB", website="https://gamla.example", number=None)
    with invented({"gamla.example": RUSSIAN_SITE}):
        visit = visited(membership)
    assert list(listing.due_for_disposal(registrar)) == [visit]
    with pytest.raises(PermissionDenied):
        evidence.dispose(visit, "GB 1", actor=officer)
    with pytest.raises(VisitRefused, match="beslut"):
        evidence.dispose(visit, " ", actor=registrar)
    path, digest, snippets = visit.archive.name, visit.archive_sha256, visit.statements.count()
    evidence.dispose(visit, "GB 2026/7", actor=registrar)
    assert not list(listing.due_for_disposal(registrar))
    with pytest.raises(VisitRefused, match="gallrat"):
        evidence.package_of(visit)
    with pytest.raises(VisitRefused, match="redan"):
        evidence.dispose(visit, "GB 2026/7", actor=registrar)
    assert visit.archive_sha256 == digest and visit.statements.count() == snippets
    assert Entry.objects.get(action="visits.archive.disposed").after["decision"] == "GB 2026/7"
    assert path


def test_a_conflict_of_interest_closes_the_visits(officer):
    """L-17: in lists, pages, files and counts, and nothing is done."""
    applied = applicant(actor=person(Role.MANAGER), website=f"https://{HOST}")
    with invented({HOST: RUSSIAN_SITE}):
        visit = visited(applied)
    statement, name = visit.statements.first(), applied.organisation.legal_name
    client = CheckedClient()
    client.force_login(officer)
    assert name in client.get("/kontroll/besok/").content.decode()
    declare_conflict(applied.case, officer, actor=officer, reason="Min syster leder organisationen.")
    assert name not in client.get("/kontroll/besok/").content.decode()
    bare = Client()
    bare.force_login(officer)
    assert name not in bare.get("/kontroll/besok/fil/csv/").content.decode()
    for part in ("", "sidor/1/", "skillnader/", "paket/", "verifiera/"):
        assert bare.get(f"/kontroll/besok/{visit.pk}/{part}").status_code == 403, part
    acts = (
        lambda: judge_statement(statement, StatementVerdict.REJECTED, note="Bra.", actor=officer),
        lambda: judge_belonging(visit, BelongingVerdict.THEIRS, note="Ja.", actor=officer),
        lambda: services.order_visit(applied.organisation, actor=officer, because="Igen"),
        lambda: write_own_visit(applied.organisation, seen.told(), actor=officer),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    system = services.order_visit(applied.organisation, actor=None, because="Systemet")
    assert system.pk == visit.pk, "the system has no sister"


def test_a_conflict_of_interest_closes_the_panel_and_the_round(officer, manager):
    """L-17: a case closed to the reader closes the organisation's other application too; nobody orders it."""
    applied = applicant(actor=manager, website=f"https://{HOST}")
    members = member("Andra Åkeriet AB", number=None)
    case = open_case(CaseFacts("Tidigare ansökan", responsible=manager), actor=manager)
    control = BasicControl.objects.create(
        organisation=applied.organisation, case=case, items_version="grund-2", because="Prov"
    )
    Membership.objects.create(organisation=applied.organisation, state=State.ACTIVE)
    with invented({HOST: RUSSIAN_SITE}):
        visit = visited(applied)
    client = CheckedClient()
    client.force_login(officer)
    page = f"/ansokningar/{applied.public_id}/"
    assert f"/kontroll/besok/{visit.pk}/" in client.get(page).content.decode()
    declare_conflict(control.case, officer, actor=officer, reason="Min syster leder organisationen.")
    told = client.get(page).content.decode()
    assert f"/kontroll/besok/{visit.pk}/" not in told and "Därför visas inte besöken" in told
    Visit.objects.filter(pk=visit.pk).update(organisation=members.organisation)
    assert applied.organisation not in listing.never_visited(officer)
    assert applied.organisation in listing.never_visited(manager)
    made = services.order_round(
        actor=officer,
        because="Alla",
        organisation_ids=[applied.organisation_id, member("Tredje AB", number=None).organisation_id],
    )
    assert applied.organisation_id not in made.visits.values_list("organisation_id", flat=True)
    assert made.visits.count() == 1


def test_an_own_visit_is_written_while_another_is_ordered(officer):
    """A machine's order that waits is no reason to refuse what a person saw."""
    membership = member()
    services.order_visit(membership.organisation, actor=officer, because="Årlig")
    kept = write_own_visit(membership.organisation, seen.told(), actor=officer)
    assert kept.by_person and Visit.objects.filter(organisation=membership.organisation).count() == 2


def test_the_same_form_for_another_organisation_is_refused(officer):
    first, second, number = member(), member("Annan AB", number=None), uuid4()
    write_own_visit(first.organisation, seen.told(), actor=officer, submission=number)
    with pytest.raises(VisitRefused, match="redan skickats"):
        write_own_visit(second.organisation, seen.told(), actor=officer, submission=number)
