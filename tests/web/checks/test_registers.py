"""What registers say on the check list, and the page where they are taken in."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pytest_django import Settings
from tests.people import person
from tests.web.checks.applicants import NUMBER
from tests.web.checks.world import World
from tests.web.pages import CheckedClient
from tests.worker import do_jobs

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.checks.addresses import address_of
from pakten.checks.basic.from_registers import NOT_ASKED, exists, legal_form, name_and_address, parents
from pakten.checks.models import BasicControl
from pakten.checks.refusals import ChecksRefused
from pakten.checks.services.basic_opening import (
    LOOKUP_JOB,
    _says_nothing,
    ask_registers_again,
    open_control,
    take_in,
)
from pakten.jobs.models import Job
from pakten.organisations.models import (
    LookupOutcome,
    Organisation,
    RegisterInForce,
    RegisterLookup,
    RegisterOrigin,
    Sector,
)
from pakten.organisations.services import register_lookups
from pakten.organisations.services.register_lookups import Answer

HEAD = "Organisationsnummer;Namn;Organisationsform;Adress;Postnr;Ort;Status"


@pytest.fixture
def connected(settings: Settings) -> None:
    """Both registers that are asked over the network; nothing here asks them."""
    settings.BOLAGSVERKET, settings.GLEIF = "prov:hemligt", True


def control_of(world: World, sector: Sector = Sector.PRIVATE) -> BasicControl:
    organisation = world.member("Björkvikens Snickeri AB", sector=sector, number=NUMBER).organisation
    Organisation.objects.filter(pk=organisation.pk).update(place="Vassvik")
    organisation.refresh_from_db()
    return open_control(organisation, because="Prov")


def connect(register: str) -> None:
    if "api" not in register:
        RegisterInForce.objects.get_or_create(pk=register, title=register.title(), edition_id="utgåva-1")


def said(
    control: BasicControl, register: str, *facts: dict[str, str], outcome: str = "found", days: int = 0
) -> None:
    """The register is connected and has answered so, most recently, ``days`` ago."""
    at = timezone.now() - timedelta(days=days)
    connect(register)
    RegisterLookup.objects.create(
        organisation=control.organisation,
        register_id=register,
        title=register.title(),
        at=at,
        because="Prov",
        outcome=outcome,
        reason="" if outcome == LookupOutcome.FOUND else "Registret svarade inte i tid.",
        facts=list(facts),
        said_at=at,
        edition_id="" if "api" in register else "utgåva-1",
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


@pytest.mark.usefixtures("connected")
@pytest.mark.parametrize("case", list(CASES))
def test_whether_it_exists_and_goes_on(world: World, case: str) -> None:
    """Three signals, none derived from another; what speaks against is proposed, never set."""
    answers, result, proposed = CASES[case]
    control = control_of(world)
    for register, facts in answers:
        said(control, register, *facts)
    if case == "only an LEI":
        assert exists(control).note == NOT_ASKED
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


@pytest.mark.usefixtures("connected")
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


def test_a_connected_register_is_told_of_as_such(world: World, connected: None) -> None:
    client = CheckedClient()
    client.force_login(world.officer)
    page = client.get("/kontroll/register/").content.decode()
    assert page.count(">Anslutet<") == 2 and "Inte anslutet" not in page
    assert "Administratören kopplar in det" not in page


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
    assert "Påhittat register" in page and "Inte anslutet" in page
    assert "Administratören kopplar in det" in page and "PAKTEN_" not in page
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
    client.force_login(person(Role.ADMINISTRATOR))
    assert "PAKTEN_BOLAGSVERKET" in client.get("/kontroll/register/").content.decode()
    client.force_login(person(Role.AUDITOR))
    assert "Läs in" not in client.get(f"/kontroll/register/{row.pk}/").content.decode()
    assert client.post(f"/kontroll/register/{row.pk}/las-in/").status_code == 403


@pytest.mark.parametrize(("days", "result"), [(34, "ok"), (36, "could_not_check")])
def test_an_answer_holds_for_so_many_days(world: World, days: int, result: str) -> None:
    """After that it answers nothing: what it said is shown with its date, and it can be asked again."""
    control = control_of(world)
    name = fact("name", "Björkvikens Snickeri AB")
    said(control, "bolagsverket", *GOES_ON, name, fact("legal_form", "Aktiebolag"), days=days)
    seen = [look(control) for look in (exists, name_and_address, legal_form)]
    assert [each.result for each in seen] == [result] * 3
    if result == "ok":
        return
    day = timezone.localdate(timezone.now() - timedelta(days=days)).isoformat()
    for each in seen:
        assert f"uppgiften är från {day}, äldre än 35 dagar" in each.note and each.is_outdated
    assert "Björkvikens Snickeri AB" in seen[1].note and "Aktiebolag" in seen[2].note


def test_a_yearly_list_holds_for_a_year(world: World) -> None:
    public = control_of_public(world)
    said(public, "public-bodies", fact("name", "Nämnden"), days=300)
    assert exists(public).result == "ok"
    said(public, "public-bodies", fact("name", "Nämnden"), days=400)
    assert "äldre än 366 dagar" in exists(public).note and exists(public).result == "could_not_check"


def test_what_the_publisher_still_has_is_as_new_as_that_look(world: World) -> None:
    """A file that was fetched, and found unchanged since, is not old; one that somebody uploaded is."""
    control = control_of(world)
    said(control, "bolagsverket", *GOES_ON, days=90)
    edition = RegisterInForce.objects.filter(pk="bolagsverket")
    edition.update(confirmed_at=timezone.now(), origin=RegisterOrigin.FETCHED)
    assert exists(control).result == "ok"
    edition.update(origin=RegisterOrigin.IMPORTED)
    assert exists(control).result == "could_not_check"
    edition.update(origin=RegisterOrigin.FETCHED, edition_id="utgåva-2")
    assert exists(control).result == "could_not_check", "the newer edition has not been asked"


def test_a_register_that_is_gone_answers_nothing(world: World, settings: Settings) -> None:
    """Its answer is shown with its date, and that it is no longer connected; nothing is left to ask."""
    control = control_of(world)
    said(control, "bolagsverket", *GOES_ON)
    settings.BOLAGSVERKET = "prov:hemligt"
    said(control, "bolagsverket-api", fact("proceeding", "Konkurs", code="KK"), GOES_ON[0])
    assert exists(control).proposed == "deviation"
    settings.BOLAGSVERKET = ""
    seen = exists(control)
    assert seen.result == "ok", "the other one is still there"
    today = timezone.localdate().isoformat()
    assert f"är inte längre kopplat, uppgiften är från {today}. Då stod där: konkurs." in seen.note
    RegisterInForce.objects.update(edition_id="")
    alone = exists(control)
    assert alone.result == "could_not_check" and not alone.is_outdated
    assert alone.note.count("är inte längre kopplat") == 2


def test_old_answers_are_asked_for_again(world: World, tmp_path: Path) -> None:
    """From the page, in one press; what was filled in is kept, and nobody asks twice at once."""
    client = CheckedClient()
    client.force_login(world.officer)
    control = control_of(world)
    said(control, "bolagsverket", *GOES_ON, days=100)
    take_in(control.pk)
    page = client.get(address_of(control)).content.decode()
    assert page.count('name="fraga"') == 3 and "äldre än 35 dagar" in page
    sent = {"version": control.version, "stadgar-result": "", "fraga": "1"}
    assert client.post(f"/kontroll/grundkontroll/{control.pk}/", sent).status_code == 302
    assert Job.objects.filter(kind=LOOKUP_JOB).count() == 1
    control.refresh_from_db()
    with pytest.raises(ChecksRefused, match="frågas redan"):
        ask_registers_again(control, actor=world.officer)
    assert Entry.objects.filter(action="checks.basic.asked_again").count() == 1
    with pytest.raises(PermissionDenied):
        ask_registers_again(control, actor=person(Role.AUDITOR))
    RegisterInForce.objects.update(edition_id="")
    Job.objects.update(state="done")
    with pytest.raises(ChecksRefused, match="inget kopplat register"):
        ask_registers_again(control, actor=world.officer)


def test_an_old_answer_does_not_bring_back_what_a_person_said(world: World) -> None:
    """A control that is opened asks anew: what somebody said last year must not stand in its way."""
    control = control_of(world)
    said(control, "bolagsverket", *GOES_ON, days=100)
    assert _says_nothing(exists(control)) is False
    RegisterInForce.objects.update(edition_id="")
    assert _says_nothing(exists(control)) is True, "nobody will ask, so what the person said stands"


def test_the_same_again_is_kept_once_the_answer_has_aged(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer edition that says the same is no news, but it keeps the answer from growing too old."""
    control = control_of(world)
    said(control, "bolagsverket", *GOES_ON, days=10)
    row = RegisterInForce.objects.get()
    monkeypatch.setattr(register_lookups, "opened", lambda _row: nullcontext())
    again = Answer(
        row.pk, row.title, LookupOutcome.FOUND, "", list(GOES_ON), said_at=timezone.now(), sha256="c" * 64
    )
    monkeypatch.setattr(register_lookups, "_asked", lambda *_, **__: again)

    def ask() -> int:
        return register_lookups.look_up_many([control.organisation], row, because="Ny", tell=lambda _: None)

    assert ask() == 0 and RegisterLookup.objects.count() == 1
    monkeypatch.setattr(register_lookups, "AGES_AFTER", timedelta(days=9))
    assert ask() == 0 and RegisterLookup.objects.count() == 2
    assert ask() == 0 and RegisterLookup.objects.count() == 2
