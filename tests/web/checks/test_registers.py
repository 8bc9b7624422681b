"""What registers say on the check list, and the page where they are taken in."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.people import person
from tests.web.checks.applicants import NUMBER
from tests.web.checks.world import World
from tests.web.pages import CheckedClient
from tests.worker import do_jobs

from pakten.accounts.models import Role
from pakten.checks.basic.from_registers import exists, legal_form, name_and_address, parents
from pakten.checks.models import BasicControl
from pakten.checks.services.basic_opening import open_control
from pakten.jobs.models import Job
from pakten.organisations.models import LookupOutcome, Organisation, RegisterInForce, RegisterLookup, Sector

HEAD = "Organisationsnummer;Namn;Organisationsform;Adress;Postnr;Ort;Status"


def control_of(world: World, sector: Sector = Sector.PRIVATE) -> BasicControl:
    organisation = world.member("Björkvikens Snickeri AB", sector=sector, number=NUMBER).organisation
    Organisation.objects.filter(pk=organisation.pk).update(place="Vassvik")
    organisation.refresh_from_db()
    return open_control(organisation, because="Prov")


def said(control: BasicControl, register: str, *facts: dict[str, str], outcome: str = "found") -> None:
    """The register has answered so, most recently."""
    RegisterLookup.objects.create(
        organisation=control.organisation,
        register_id=register,
        title=register.title(),
        at=timezone.now(),
        because="Prov",
        outcome=outcome,
        reason="" if outcome == LookupOutcome.FOUND else "Registret svarade inte i tid.",
        facts=list(facts),
        said_at=timezone.now(),
        source_where="https://r.example",
        sha256="b" * 64,
    )


def fact(field: str, value: str = "", *, state: str = "", code: str = "") -> dict[str, str]:
    made = {
        "field": field,
        "state": state or ("stated" if value else "not_stated"),
        "value": value,
        "code": code,
    }
    if made["state"] == "could_not_check":
        made["reason"] = "TIMEOUT"
    return {name: text for name, text in made.items() if text}


GOES_ON = (fact("deregistered_on"), fact("proceeding"))
CASES = {
    "goes on": ([("bolagsverket", GOES_ON)], "ok", ""),
    "deregistered": ([("bolagsverket", (fact("deregistered_on", "2026-01-02"),))], "", "deviation"),
    "bankrupt": ([("bolagsverket", (fact("proceeding", "Konkurs", code="KK"), GOES_ON[0]))], "", "deviation"),
    "takes over another": (
        [("bolagsverket", (fact("proceeding", "Övertagande i fusion", code="FUOT"), GOES_ON[0]))],
        "ok",
        "",
    ),
    "one source down": (
        [("bolagsverket-api", (fact("deregistered_on", state="could_not_check"), fact("proceeding")))],
        "could_not_check",
        "",
    ),
    "the other knows": (
        [
            ("bolagsverket-api", (fact("proceeding", state="could_not_check"), GOES_ON[0])),
            ("scb", (fact("active", "Verksam", code="1"),)),
        ],
        "ok",
        "",
    ),
    "inactive": ([("scb", (fact("active", "Inte längre verksam", code="9"),))], "", "deviation"),
    "a table's word": ([("eget", (fact("active", "Konkurs inledd"),))], "", "deviation"),
    "a table's good word": ([("eget", (fact("active", "Registrerat"),))], "ok", ""),
    "only an LEI": ([("gleif-api", (fact("active", "Active", code="1"),))], "", ""),
}


@pytest.mark.parametrize("case", list(CASES))
def test_whether_it_exists_and_goes_on(world: World, case: str) -> None:
    """Three signals, none derived from another; what speaks against is proposed, never set."""
    answers, result, proposed = CASES[case]
    control = control_of(world)
    for register, facts in answers:
        said(control, register, *facts)
    if case == "only an LEI":
        assert "Inget register" in exists(control).note
        return
    seen = exists(control)
    assert ((seen.result or ""), (seen.proposed or "")) == (result, proposed)
    assert seen.source and seen.sha256 == "b" * 64


def test_not_found_and_not_reached_are_two_things(world: World) -> None:
    """Neither is ok, and the words tell them apart."""
    control = control_of(world)
    said(control, "bolagsverket", outcome="not_found")
    missing = exists(control)
    said(control, "bolagsverket", outcome="could_not_check")
    unreached = name_and_address(control)
    assert missing.result == unreached.result == "could_not_check"
    assert "finns inte i Bolagsverket" in missing.note and "svarade inte i tid" in unreached.note


def test_an_association_may_be_inactive_and_exist(world: World) -> None:
    """SCB's word is about doing business; a public body is looked for in its own list first."""
    control = control_of(world, Sector.CIVIL)
    said(
        control,
        "scb",
        fact("active", "Har aldrig varit verksam", code="0"),
        fact("legal_form", "Ideella föreningar"),
    )
    assert exists(control).proposed is None and legal_form(control).result == "ok"
    public = control_of_public(world)
    said(public, "scb", fact("active", "Inte längre verksam", code="9"))
    assert exists(public).proposed == "deviation"
    said(public, "public-bodies", fact("name", "Nämnden"))
    assert exists(public).result == "ok"


def control_of_public(world: World) -> BasicControl:
    number = "2120000142"
    organisation = world.member("Nämnden", sector=Sector.PUBLIC, number=number).organisation
    return open_control(organisation, because="Prov")


def test_name_place_and_form_are_compared(world: World) -> None:
    """Case and spacing don't matter; a difference is left to a person with both sides in words."""
    control = control_of(world)
    name, address = fact("name", "BJÖRKVIKENS  Snickeri AB"), fact("address", "Gatan 1, 123 45 VASSVIK")
    said(control, "bolagsverket", name, address, fact("legal_form", "Aktiebolag", code="AB"))
    assert name_and_address(control).result == legal_form(control).result == "ok"
    said(control, "bolagsverket", fact("name", "Annat AB"), fact("address", "Gatan 1, 123 45 Norrvik"))
    differing = name_and_address(control)
    assert differing.proposed == "deviation" and "Annat AB" in differing.note and "Norrvik" in differing.note
    said(control, "bolagsverket", fact("legal_form", "Ideell förening som bedriver näringsverksamhet"))
    odd = legal_form(control)
    assert odd.result is None and odd.proposed is None and "privat näringsliv" in odd.note
    said(control, "gleif-api", fact("direct_parent", "5493001KJTIIGC8Y1R12"))
    assert "Andelen står inte där" in parents(control)


def test_a_control_asks_the_registers(world: World, tmp_path: Path) -> None:
    """From the page: a register is read in by a job, and a control that is opened asks it by another."""
    client = CheckedClient()
    client.force_login(world.officer)
    assert "Ingen fil är inläst än" in client.get("/kontroll/register/").content.decode()
    table = f"{HEAD}\n{NUMBER};Björkvikens Snickeri AB;Aktiebolag;Gatan 1;123 45;Vassvik;Registrerat\n"
    upload = SimpleUploadedFile("fil.csv", table.encode())
    sent = {"title": "Påhittat register", "file": upload}
    assert client.post("/kontroll/register/nytt/", sent).headers["Location"].startswith("/jobb/")
    assert client.post("/kontroll/register/nytt/", {"title": ""}).status_code == 422
    do_jobs()
    row = RegisterInForce.objects.get()
    page = client.get("/kontroll/register/").content.decode()
    assert "Påhittat register" in page and "Inte anslutet" in page and "PAKTEN_BOLAGSVERKET" in page
    assert row.sha256 in client.get(f"/kontroll/register/{row.pk}/").content.decode()
    control = control_of(world)
    assert control.items.get(slug="finns").result == "", "asked, not answered yet"
    do_jobs()
    found = {item.slug: item.result for item in control.items.all()}
    assert (found["finns"], found["namn"], found["form"]) == ("ok", "ok", "ok")
    assert RegisterLookup.objects.get().because == "Kontroll. Prov"
    held = {"sha256": "x", "reason": "y", "act": "accept"}
    assert client.post(f"/kontroll/register/{row.pk}/vantande-fil/", held).status_code == 422
    assert client.post(f"/kontroll/register/{row.pk}/hamta/").status_code == 422, "it has no address"
    assert client.post("/kontroll/register/scb/hamta/").status_code == 302
    assert Job.objects.filter(kind="organisations.register.scb").exists()
    client.force_login(person(Role.AUDITOR))
    assert "Läs in" not in client.get(f"/kontroll/register/{row.pk}/").content.decode()
    assert client.post(f"/kontroll/register/{row.pk}/las-in/").status_code == 403
