"""What deviations are made from, and that the evidence stands by itself years later."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils import timezone
from tests.people import person
from tests.web.checks import applicants
from tests.web.deviations import made
from tests.web.visits import seen

from pakten.accounts.models import Role
from pakten.checks.models import BasicControl, BasicItem, CheckResult, Likeness, LikenessJudgement, Verdict
from pakten.checks.services.basic import Settled, finish_basic, settle
from pakten.deviations import finished_control, services
from pakten.deviations.evidence_sources import copy_of, of_item, of_likeness
from pakten.deviations.models import Deviation, Evidence, EvidenceKind, Level, Origin
from pakten.deviations.queries.origins import unnoted
from pakten.deviations.services.evidence import copied
from pakten.organisations.models import Organisation, Sector
from pakten.organisations.refusals import Refused
from pakten.records.models import CaseState
from pakten.records.services import NewFile
from pakten.visits.models import SeenResult, SeenTopic, StatementJudgement, StatementVerdict
from pakten.visits.services.own_visit import Seen, write_own_visit
from vandel.evidence import digest_of_value

pytestmark = pytest.mark.django_db


def finished(deviating: tuple[str, ...] = ("stadgar",), control: BasicControl | None = None) -> BasicControl:
    """Hanna has controlled a public body, and marked what deviates."""
    control = control or _begun()
    items = {
        row.slug: Settled(CheckResult.DEVIATION, f"Det här stämmer inte: {row.slug}.")
        if row.slug in deviating
        else Settled(CheckResult.OK, "Sett.")
        for row in control.items.all()
    }
    settle(control, items, actor=made.officer(), expected_version=control.version)
    return finish_basic(control, actor=made.officer(), expected_version=control.version)


def _begun() -> BasicControl:
    # A public body is compared with no list, so that nothing is to wait for.
    application = applicants.applicant("Norrsundets kommun", actor=made.officer(), sector=Sector.PUBLIC)
    applicants.begin(application, actor=made.officer())
    return BasicControl.objects.get(application=application)


def likeness(organisation: Organisation, verdict: str = Verdict.SAME) -> Likeness:
    """A likeness that two people have judged."""
    now = timezone.now()
    row = Likeness.objects.create(
        organisation=organisation, subject_kind="person", subject_key="bo", subject_name="Bo Påhitt",
        subject_facts={"names": ["Bo Påhitt"]}, list_id="eu", target_id=f"EU.{uuid4().hex[:6]}",
        target_name="Bo Pahitt", target_facts={"names": ["Bo Pahitt"]}, binds=True, score=0.97,
        facts_digest="a" * 64, first_seen_at=now, first_edition="e1", last_seen_at=now, last_edition="e1",
        state="judged", waiting_since=now, verdict=verdict,
    )  # fmt: skip
    judged = LikenessJudgement.objects.create(
        likeness=row, verdict=verdict, reason="Namn och födelsedag.", by=made.officer(),
        facts_digest=row.facts_digest, confirmed_by=made.manager(), confirmed_at=now,
    )  # fmt: skip
    row.judgement = judged
    row.save(update_fields=["judgement"])
    return row


def test_an_item_that_a_person_marked_becomes_a_deviation() -> None:
    control = finished(("webbplats", "finns"))
    assert Deviation.objects.count() == 2
    found = Deviation.objects.get(topic="check:webbplats")
    assert found.level == Level.DEVIATION and found.origin == Origin.CHECK_LIST
    assert (found.confirmed_by, found.record) == (made.officer(), control.record), "the control's paper"
    assert control.application is not None
    assert (found.application, found.case) == (control.application, control.application.case)
    assert found.seriousness == "", "nobody has assessed it: it says so"
    copy = found.evidence.get()
    row = control.items.get(slug="webbplats")
    assert copy.reference == f"checks.basicitem:{row.pk}" and copy.facts["note"] == row.note
    assert copy.sha256 == digest_of_value(copied(copy)), "the digest can be computed anew"
    for name in ("title", "source", "where", "reference", "source_sha256", "fetched_at"):
        other = timezone.now() if name == "fetched_at" else "Något annat"
        changed = Evidence.objects.get(pk=copy.pk)
        setattr(changed, name, other)
        assert copy.sha256 != digest_of_value(copied(changed)), f"the digest covers {name}"
    # Gone with its control, the copy stands by itself.
    BasicItem.objects.filter(pk=row.pk).update(note="Annat.")
    assert Evidence.objects.get(pk=copy.pk).facts["note"] == row.note


def test_what_the_machine_saw_waits_for_a_person() -> None:
    control = finished(())
    row = control.items.get(slug="finns")
    row.result, row.note, row.checked_by = CheckResult.DEVIATION, "Står som upplöst.", None
    row.save()
    finished_control.take_in(control)
    finished_control.take_in(control)
    found = Deviation.objects.get()
    assert (found.level, found.by_machine, found.confirmed_by) == (Level.OBSERVATION, True, None)


def test_a_new_control_adds_its_look_to_what_is_open() -> None:
    control = finished(("finns",))
    known = Deviation.objects.get()
    later = BasicControl.objects.create(
        application=control.application, organisation=control.organisation, case=control.case,
        items_version="x", record=control.record,
    )  # fmt: skip
    BasicItem.objects.create(
        control=later, position=0, slug="finns", result="deviation", note="Fortfarande så.",
        source="Bolagsverket", checked_at=timezone.now(), checked_by=made.officer(),
    )  # fmt: skip
    finished_control.take_in(later)
    assert Deviation.objects.get() == known and known.evidence.count() == 2
    made.stepped(made.fresh(known), Level.FIXED)
    BasicItem.objects.filter(control=later).update(note="Igen.")
    finished_control.take_in(later)
    assert Deviation.objects.count() == 2, "what was closed and comes again is a new one"


def test_a_likeness_judged_the_same_is_offered_once() -> None:
    organisation = made.organisation()
    row = likeness(organisation)
    likeness(organisation, Verdict.DIFFERENT)
    assert [each.reference for each in unnoted(organisation)] == [f"checks.likeness:{row.pk}"]
    copy = copy_of(f"checks.likeness:{row.pk}", organisation)
    assert copy is not None
    found = made.found(copy.title, origin=copy.origin, key=copy.reference)
    deviation = services.note_and_confirm(
        organisation, found, assessment=made.assessment(), actor=made.officer(), copies=[copy]
    )
    assert not unnoted(organisation)
    assert services.note(organisation, found, actor=made.officer()) == deviation, "made once"
    evidence = deviation.evidence.get()
    assert evidence.facts["judged_by"] and evidence.facts["confirmed_by"]
    assert deviation.record is not None
    paper = deviation.record.files.get(original_name="underlag.json")
    with paper.file.open() as stream:
        told = json.load(stream)
    assert told[0]["facts"] is None and told[0]["sha256"] == evidence.sha256, "L-24: fewer read controls"


def test_references_lead_only_to_rows_about_the_organisation() -> None:
    mine, other = made.organisation(), made.organisation("Annan Förening")
    row = likeness(mine)
    assert copy_of(f"checks.likeness:{row.pk}", other) is None
    for strange in ("", "checks.likeness:", "checks.likeness:²", "x:1", "checks.likeness:" + "9" * 30):
        assert copy_of(strange, mine) is None
    waiting = likeness(mine, Verdict.CANNOT_TELL)
    assert copy_of(f"checks.likeness:{waiting.pk}", mine) is None, "only what two people judged the same"


def test_what_a_person_called_a_deviation_on_the_website_is_offered() -> None:
    """The passage is copied word for word, with the page, its digest and the package of the visit."""
    statement = seen.statement()
    organisation = statement.visit.organisation
    assert not unnoted(organisation), "what the machine read is a proposal"
    for verdict in (StatementVerdict.NO_DEVIATION, StatementVerdict.DEVIATION):
        StatementJudgement.objects.create(
            statement=statement, verdict=verdict, note="Läst.", by=made.officer(), at=timezone.now()
        )
    offered = unnoted(organisation)
    assert [each.reference for each in offered] == [f"visits.foundstatement:{statement.pk}"]
    copy = copy_of(offered[0].reference, organisation)
    assert copy is not None and copy.kind is EvidenceKind.WEBSITE
    assert statement.snippet in copy.told and copy.facts["snippet"] == statement.snippet
    assert (copy.where, copy.source_sha256) == (statement.page.url, statement.page.full_sha256)
    assert copy.facts["package_sha256"] == statement.visit.archive_sha256


def test_what_a_person_saw_at_an_own_visit_is_offered() -> None:
    topics = (
        Seen(SeenTopic.WEBSITE, SeenResult.OK, "Ett åkeri."),
        Seen(SeenTopic.RUSSIA, SeenResult.DEVIATION, "Kontor i Moskva.", "Moskva"),
    )
    told = seen.told(seen=topics)
    visit = write_own_visit(made.organisation(), told, actor=made.officer())
    [offered] = unnoted(visit.organisation)
    copy = copy_of(offered.reference, visit.organisation)
    assert copy is not None and "Kontor i Moskva." in copy.told and copy.facts["quotation"] == "Moskva"


def test_files_become_a_paper_in_the_diary() -> None:
    deviation = made.confirmed()
    attached = services.Attached(
        EvidenceKind.TEXT, "Utskrift", "Sida 3.", "Årsredovisningen", timezone.now(), "s. 3",
        (NewFile("utskrift.pdf", ContentFile(b"%PDF-1.4\n%%EOF\n")),),
    )  # fmt: skip
    evidence = services.add_evidence(
        deviation, attached, actor=made.officer(), expected_version=deviation.version
    )
    assert evidence.paper is not None and evidence.paper.case == deviation.case
    assert evidence.facts["files"] == [file.sha256 for file in evidence.paper.files.all()]
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk).update(facts={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=evidence.pk)._raw_delete("default")


def test_copies_are_disposed_of_by_a_decision_only() -> None:
    """L-24, L-35: of what was dismissed, by a manager, once."""
    deviation = made.observation()
    row = likeness(deviation.organisation)
    services.evidence.keep_copy(deviation, of_likeness(row), by=None)
    made.stepped(deviation, Level.DISMISSED)
    deviation = made.fresh(deviation)
    with pytest.raises(PermissionDenied):
        services.dispose_copies(deviation, "G 1", actor=made.officer(), expected_version=deviation.version)
    with pytest.raises(Refused, match="gallringsbeslutet"):
        services.dispose_copies(deviation, " ", actor=made.manager(), expected_version=deviation.version)
    with pytest.raises(Refused, match="avskrivet eller avslutat"):
        services.dispose_copies(made.confirmed(), "G 1", actor=made.manager(), expected_version=2)
    with pytest.raises(DatabaseError), transaction.atomic():
        deviation.evidence.update(
            facts={"told": "Annat"}, disposal_decision="G 1", disposed_at=timezone.now()
        )
    gone = services.dispose_copies(
        deviation, "G 2026-1", actor=made.manager(), expected_version=deviation.version
    )
    kept = deviation.evidence.get()
    assert (gone, kept.facts, kept.disposal_decision) == (1, {}, "G 2026-1")
    assert kept.sha256 and "Påhitt" not in kept.title
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=kept.pk).update(disposal_decision="G 2")


def test_the_case_ends_with_its_last_deviation() -> None:
    first, second = made.confirmed(), made.confirmed(title="Adressen stämmer inte")
    assert first.case == second.case and first.case is not None
    made.stepped(first, Level.FIXED)
    assert made.fresh(first).case.state == CaseState.OPEN  # type: ignore[union-attr]
    made.stepped(second, Level.DISMISSED)
    assert made.fresh(first).case.state == CaseState.CLOSED  # type: ignore[union-attr]
    made.stepped(made.fresh(first), Level.DEVIATION)
    made.proposed(made.fresh(first), Level.ESCALATED)
    assert made.fresh(first).case.state == CaseState.OPEN, "a decision is made in an open case"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "bad",
    [
        {"title": " "},
        {"source": "\x00"},
        {"description": ""},
        {"seen_at": timezone.now() + timedelta(days=2)},
        {"description": "x" * 10_001},
    ],
    ids=["title", "source", "description", "future", "long"],
)
def test_what_is_noted_is_whole(bad: dict[str, object]) -> None:
    with pytest.raises(Refused):
        made.observation(**bad)
    assert not Deviation.objects.exists()


def test_no_personal_numbers_are_kept() -> None:
    deviation = made.observation(title="Kassören 19121212-1212", description="Nr 19121212-1212 står där.")
    assert "1212-1212" not in deviation.title + deviation.description
    assert person(Role.CASE_OFFICER) == deviation.created_by


def test_a_title_says_what_deviates_and_how() -> None:
    """Not only which point it was: the list of deviations is read by its titles."""
    control = finished(("webbplats", "finns"))
    row = control.items.get(slug="webbplats")
    row.note = "Sidan säljer något annat. Den visar inget av det som står i ansökan."
    assert of_item(row).title == "Besök på webbplatsen: Sidan säljer något annat"
    row.note = "Ett långt ord efter ett annat " * 20
    assert len(of_item(row).title) < 150 and of_item(row).title.endswith("…")
    titles = set(Deviation.objects.values_list("title", flat=True))
    assert "Besök på webbplatsen: Det här stämmer inte: webbplats" in titles
    lists = BasicItem(control=control, position=9, slug="listor", result="deviation", note="Jämförd med EU.")
    assert of_item(lists).title.startswith("Kontroll mot sanktionslistor: ett namn bedöms vara samma")
