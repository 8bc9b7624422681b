"""Control sheets: true to what is stored, the same for the same facts, and never changed."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from pypdf import PdfReader
from tests.people import person
from tests.web.checks.applicants import NUMBER, applicant
from tests.web.checks.test_basic import answered, opened
from tests.web.checks.world import LISTED_PERSON, World
from tests.web.sheets.conftest import PERSONAL

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.checks.models import BasicControl, CheckResult, Control
from pakten.checks.services import receipts
from pakten.checks.services.basic import Settled, finish_basic
from pakten.deviations.models import Deviation, Level, Origin
from pakten.organisations.models import RegisterLookup
from pakten.records.models import Record, State
from pakten.records.services import MarkFacts, declare_conflict, mark_secrecy
from pakten.sheets import drawing, queries, services
from pakten.sheets.gather import of_basic, of_control
from pakten.sheets.models import Sheet
from pakten.sheets.pdf import CONTENT, content_bytes, render
from pakten.sheets.refusals import SheetsRefused
from pakten.sheets.shown import in_groups
from pakten.sheets.values import Gathered
from vandel.evidence import sha256_hex


def read(sheet: Sheet) -> PdfReader:
    return PdfReader(BytesIO(bytes(sheet.pdf)))


def text_of(reader: PdfReader) -> str:
    """All words, without the breaks that the layout puts in."""
    return "".join("".join(page.extract_text() for page in reader.pages).replace("\u200b", "").split())


def inside(reader: PdfReader) -> dict[str, bytes]:
    return {name: data[0] for name, data in reader.attachments.items()}


def test_it_is_one_page_of_both_standards_with_the_receipt_inside(world: World, control: Control) -> None:
    """PDF/A-3a and PDF/UA-1, read back; the receipt's bytes are those that its digest covers."""
    sheet = services.draw(control, actor=world.officer).sheet
    reader = read(sheet)
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata and "<pdfaid:conformance>A<" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata and root["/Lang"] == "sv"
    assert len(reader.pages) == 1
    files = inside(reader)
    assert set(files) == {CONTENT, "kvitto.json"}
    assert sha256_hex(files["kvitto.json"]) == control.receipt_sha256
    assert sha256_hex(files[CONTENT]) == sheet.content_sha256
    named = [each.get_object()["/AFRelationship"] for each in root["/AF"]]
    assert named == ["/Data", "/Data"], "PDF/A-3 says how each file belongs to the sheet"
    assert json.loads(files[CONTENT]) == sheet.content


def test_it_says_who_looked_at_what_when_and_with_which_edition(world: World, control: Control) -> None:
    text = text_of(read(services.draw(control, actor=world.officer).sheet))
    edition = control.run.editions[0]
    expected = [
        "Björkvikens Snickeri AB", "Vet inte", "1 namnlikhet väntar på en person", LISTED_PERSON,
        f"Systemet, startad av {world.officer}", edition["title"], in_groups(edition["sha256"]),
        in_groups(control.receipt_sha256), control.run.engine_version, control.run.rule_version,
        "Webbplatsen är inte besökt.", "Vi känner inte till några ägare.", "Så kontrollerar du bladet",
    ]  # fmt: skip
    assert not [words for words in expected if "".join(words.split()) not in text]
    assert "1950" not in text, "a birth date is not needed to read the sheet"


def test_the_same_facts_are_the_same_bytes_and_the_same_sheet(world: World, control: Control) -> None:
    first = of_control(queries.control(control.pk) or control)
    assert render(first) == render(of_control(control))
    drawn = services.draw(control, actor=world.officer)
    again = services.draw(control, actor=world.manager)
    assert drawn.is_new and not again.is_new and again.sheet == drawn.sheet
    assert Entry.objects.filter(action="sheets.sheet.drawn").count() == 1
    assert sha256_hex(bytes(drawn.sheet.pdf)) == drawn.sheet.pdf_sha256


def test_a_judgement_makes_a_new_sheet_and_leaves_the_old(world: World, control: Control) -> None:
    """L-24: the reasons stand on the sheet; one who has to be confirmed is not called the same."""
    old = services.draw(control, actor=world.officer).sheet
    world.judge("same", reason=f"Samma person, {PERSONAL}.")
    proposed = text_of(read(services.draw(queries.control(control.pk), actor=world.officer).sheet))  # type: ignore[arg-type]
    assert "Väntarpåenandraperson" in proposed and "[personnummer]" in proposed
    assert PERSONAL not in proposed, "L-29: no personal identity number"
    assert Sheet.objects.count() == 2
    assert bytes(Sheet.objects.get(pk=old.pk).pdf) == bytes(old.pdf)


def test_nobody_changes_a_sheet(world: World, control: Control) -> None:
    sheet = services.draw(control, actor=world.officer).sheet
    for act in (
        lambda: Sheet.objects.filter(pk=sheet.pk).update(pdf_sha256="0" * 64),
        lambda: Sheet.objects.filter(pk=sheet.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            act()


def test_those_who_may_not_see_controls_draw_nothing(world: World, control: Control) -> None:
    for role in (Role.REGISTRAR, Role.BOARD_MEMBER, Role.MEMBER_CONTACT, Role.ADMINISTRATOR):
        with pytest.raises(PermissionDenied):
            services.draw(control, actor=person(role))
    assert not Sheet.objects.exists()


def finished(world: World) -> BasicControl:
    """A check list that Hanna has finished."""
    control = answered(opened(world, applicant(actor=world.officer, number=NUMBER)), world)
    return finish_basic(control, actor=world.officer, expected_version=control.version)


def test_a_finished_check_list_leaves_its_sheet_in_the_diary(world: World) -> None:
    """One paper for one thing: the diary holds the very bytes of the sheet, with the receipt inside."""
    world.take()
    control = finished(world)
    sheet = Sheet.objects.get(basic=control)
    assert control.record
    kept = control.record.files.get()
    assert (kept.sha256, kept.media_type) == (sheet.pdf_sha256, "application/pdf")
    assert services.draw(control, actor=world.officer).sheet == sheet, "drawn later, it is the same"
    files = inside(read(sheet))
    assert files["kvitto.json"] == receipts.canonical_json(control.lists_receipt)
    content = json.loads(files[CONTENT])
    assert {line["result"] for line in content["items"]} <= {
        "ok", "deviation", "could_not_check", "not_applicable",
    }  # fmt: skip
    assert len(content["items"]) == control.items.count(), "no item is left out"
    assert "Gick inte att kontrollera: " in content["standing"][0], "unknown stands beside the others"


def test_a_mark_is_told_and_what_is_under_it_is_not(world: World) -> None:
    """L-05: the sheet names provision and authority of a mark, never the marked paper's words."""
    world.take()
    control = finished(world)
    registrar = person(Role.REGISTRAR)
    facts = MarkFacts("OSL 31:16", "Affärsläge", authority="Arbetsmarknadsnämnden")
    mark_secrecy(Record.objects.filter(case=control.case).earliest("pk"), facts, actor=registrar)
    told = of_basic(control).content.marks
    assert len(told) == 1 and "OSL 31:16" in told[0] and "Affärsläge" not in told[0]


def test_an_observation_that_nobody_has_confirmed_is_only_counted(world: World, control: Control) -> None:
    """L-04: a working note is no record, and stays out of what may become one."""
    Deviation.objects.create(
        organisation=control.membership.organisation,
        level_since=timezone.now(),
        origin=Origin.OTHER,
        title="Hemlig misstanke",
        description="Något som ingen har sett efter",
        source="Tips",
        seen_at=timezone.now(),
    )
    content = of_control(control).content
    assert "1\u00a0iakttagelse väntar på en person." in content.unchecked
    assert "Hemlig misstanke" not in content_bytes(content).decode()


def test_registers_tell_what_they_said_and_where_they_did_not_answer(world: World, control: Control) -> None:
    """Each register once, as it last answered; one that did not answer is never a clean answer."""
    organisation = control.membership.organisation
    fact = {"field": "name", "state": "answered", "value": "Björkvikens Snickeri AB"}
    asked = {"organisation": organisation, "at": timezone.now(), "because": "Prov"}
    RegisterLookup.objects.create(
        register_id="a",
        title="Påhittat register",
        outcome="not_found",
        reason="Numret finns inte där.",
        **asked,
    )
    RegisterLookup.objects.create(
        register_id="a", title="Påhittat register", outcome="found", facts=[fact], sha256="a" * 64, **asked
    )
    RegisterLookup.objects.create(
        register_id="b", title="Tyst register", outcome="could_not_check", reason="Det svarade inte.", **asked
    )
    content = of_control(control).content
    assert [(line.register, line.outcome) for line in content.registers] == [
        ("Påhittat register", "found"),
        ("Tyst register", "could_not_check"),
    ]
    assert "Namn: Björkvikens Snickeri AB" in content.registers[0].said
    assert "Tyst register: Det svarade inte." in content.unchecked


def test_a_conflict_of_interest_closes_the_sheet(world: World) -> None:
    """L-17."""
    world.take()
    control = finished(world)
    declare_conflict(control.case, world.officer, actor=world.officer, reason="Släkt")
    with pytest.raises(PermissionDenied, match="jäv"):
        services.draw(control, actor=world.officer)


def test_a_sheet_is_evidence_in_a_case_once(world: World, control: Control) -> None:
    sheet = services.draw(control, actor=world.officer).sheet
    case = applicant("Annan sökande AB", actor=world.officer).case
    with pytest.raises(SheetsRefused, match="gäller inte"):
        services.register(sheet, case, actor=world.officer)
    basic = finished(world)
    own = Sheet.objects.get(basic=basic)
    assert basic.record and basic.record.state == State.RECORD
    with pytest.raises(SheetsRefused, match=basic.record.number):
        services.register(own, basic.case, actor=world.officer)  # type: ignore[arg-type]


def test_the_sheet_in_the_diary_names_the_deviations_of_its_own_control(world: World) -> None:
    """They are made before it is drawn, and cite its number: nothing is left to a later sheet."""
    world.take()
    control = opened(world, applicant(actor=world.officer, number=NUMBER))
    items = {
        "webbplats": Settled(CheckResult.DEVIATION, "Sidan säljer något annat.", "Webbplatsen"),
        "agare": Settled(CheckResult.DEVIATION, "Ägaren är en annan.", "Aktieboken"),
    }
    control = answered(control, world, **items)
    control = finish_basic(control, actor=world.officer, expected_version=control.version)
    assert control.record and control.record.state == State.RECORD
    made = Deviation.objects.filter(record=control.record, level=Level.DEVIATION)
    assert {each.topic for each in made} == {"check:webbplats", "check:agare"}
    sheet = Sheet.objects.get(basic=control)
    kept = control.record.files.get()
    assert kept.sha256 == sheet.pdf_sha256, "the paper in the diary is the one that names them"
    lines = json.loads(inside(read(sheet))[CONTENT])["deviations"]
    assert {(line["number"], line["what"]) for line in lines} == {
        (control.record.number, each.title) for each in made
    }
    text = text_of(read(sheet))
    assert all("".join(each.title.split()) in text for each in made)
    assert services.draw(control, actor=world.officer).sheet == sheet, "drawn later, it is the same"
    actions = list(Entry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions.index("records.record.finished") < actions.index("checks.basic.finished")


@pytest.mark.django_db(transaction=True)
def test_it_is_typeset_while_others_may_write(
    world: World, control: Control, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The transaction begins when the file is there; what has changed since makes the file anew."""
    within: list[bool] = []

    def slow(gathered: Gathered) -> bytes:
        within.append(connection.in_atomic_block)
        if len(within) == 1:
            world.judge("different")
        return render(gathered)

    monkeypatch.setattr(drawing, "render", slow)
    sheet = services.draw(control, actor=world.officer).sheet
    assert within == [False, False]
    assert sheet.content["likenesses"][0]["standing"] == "En annan", "the sheet is of what holds now"
    assert Sheet.objects.count() == 1
    assert not services.draw(control, actor=world.officer).is_new and len(within) == 2


def test_the_end_of_a_check_list_typesets_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the transaction of the end, since the sheet cites what is made there: not a moment longer."""
    world.take()
    made: list[Gathered] = []
    monkeypatch.setattr(drawing, "render", lambda gathered: (made.append(gathered), render(gathered))[1])
    finished(world)
    assert len(made) == 1
