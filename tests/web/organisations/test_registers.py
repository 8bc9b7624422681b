"""Registers: taken in with proof, asked by number, each answer kept; what failed is never an empty answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.people import person
from tests.worker import do_jobs

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.demo.numbers import organisation_number, sole_trader_number
from pakten.jobs.errors import WorkerStopping
from pakten.jobs.models import Job
from pakten.organisations import changes, tasks
from pakten.organisations.facts import FactSource, OrganisationFacts
from pakten.organisations.models import (
    LookupOutcome,
    Organisation,
    RegisterInForce,
    RegisterLookup,
    Sector,
)
from pakten.organisations.refusals import Refused
from pakten.organisations.register_queries import can_be_asked, latest_answers, register_lines
from pakten.organisations.registers import apis, books, example_number, look_up
from pakten.organisations.registers.prefill import divided
from pakten.organisations.services import create_organisation, register_orders
from pakten.organisations.services.register_lookups import look_up_organisation
from pakten.organisations.services.registers import (
    RegisterArrival,
    accept_held_register,
    discard_held_register,
    fetch_register,
    take_register,
)
from vandel.errors import InputError
from vandel.evidence import Source
from vandel.registers.facts import Fact, FactState, Field, Outcome, RegisterFacts, nothing
from vandel.registers.refusal import RegisterHeld

pytestmark = pytest.mark.django_db
NUMBER = organisation_number("aktiebolag", 99_301)
TRADER = sole_trader_number(date(1961, 4, 9), 7)
OWN, TITLE = "eget-register", "Eget register"
HEAD = "Organisationsnummer;Namn;Organisationsform;Adress;Postnr;Ort;Status"


def table(folder: Path, *rows: str, name: str = "register.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def row(number: str, name: str = "Snöflingans Bageri AB", *, status: str = "Registrerat") -> str:
    return f"{number};{name};aktiebolag;Snögatan 1;981 00;Kiruna;{status}"


def take(path: Path, **more: object) -> RegisterInForce:
    arrival = RegisterArrival(timezone.now(), title=TITLE, **more)  # type: ignore[arg-type]
    made = take_register(OWN, path, actor=person(Role.CASE_OFFICER), arrival=arrival)
    # What happens at the commit, which most tests never reach.
    books.store().switch(made.pk, made.edition_id)
    return made


def organisation(number: str | None = NUMBER) -> Organisation:
    facts = OrganisationFacts(legal_name="Snöflingans Bageri AB", sector=Sector.PRIVATE, org_nr=number)
    source = FactSource("Prov", recorded_at=timezone.now())
    return create_organisation(facts, actor=person(Role.CASE_OFFICER), source=source)


def answer(*facts: Fact) -> RegisterFacts:
    return RegisterFacts("bolagsverket-api", NUMBER, Outcome.FOUND, facts, SOURCE)


WHERE = "https://api.example/organisationer"
SOURCE = Source.of_bytes(b"svar", what="API", where=WHERE, fetched_at=timezone.now())
NAME = Fact(Field.NAME, FactState.STATED, SOURCE, "Snöflingans Bageri AB")
ENDED = Fact(Field.DEREGISTERED_ON, FactState.STATED, SOURCE, "2026-05-01", on="2026-05-01")
NOT_ENDED = Fact(Field.DEREGISTERED_ON, FactState.NOT_STATED, SOURCE)
DOWN = Fact(Field.DEREGISTERED_ON, FactState.COULD_NOT_CHECK, SOURCE, reason="Bolagsverket: TIMEOUT")


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> list[RegisterFacts]:
    """An API that is connected and gives these answers, one after the other."""
    answers: list[RegisterFacts] = []
    ask: Callable[[str], RegisterFacts] = lambda _number: answers.pop(0)  # noqa: E731
    connected = apis.Api("bolagsverket-api", "Bolagsverkets API", "Bolagsverket", "", ask)
    monkeypatch.setattr(apis, "apis", lambda: [connected])
    return answers


def test_a_file_becomes_the_edition_that_is_asked(tmp_path: Path) -> None:
    """L-29: persons stay outside; the row tells what was kept, with digest, and the form is filled in."""
    rows = [row(NUMBER), f"{TRADER};Ann Björk;enskild firma;;;;", "1;Fel AB;;;;;"]
    taken = take(table(tmp_path, *rows))
    assert (taken.entries, taken.counts["persons_dropped"], taken.counts["without_number"]) == (1, 1, 1)
    assert taken.sha256 and taken.taken_by and taken.file_name == "register.csv"
    entry = Entry.objects.get(action="organisations.register.loaded")
    assert (entry.after["count"], entry.after["passed_over"]) == (1, 2)
    found = look_up(NUMBER)
    assert found and (found.legal_name, found.source) == ("Snöflingans Bageri AB", TITLE)
    assert (found.address, found.place, found.status) == ("Snögatan 1, 981 00", "Kiruna", "Registrerat")
    assert look_up(TRADER) is look_up("x") is None
    assert example_number("5") == NUMBER
    organisation()
    assert example_number("5") == ""
    assert divided("Box 3") == ("Box 3", "") and divided("Kiruna") == ("", "Kiruna")


def test_a_damaged_edition_is_no_answer(tmp_path: Path) -> None:
    """The form is filled in by hand; a control is told that the register could not be asked."""
    taken = take(table(tmp_path, row(NUMBER)))
    known = organisation()
    for path in (tmp_path / "registers" / OWN).glob("*.sqlite"):
        path.chmod(0o644)
        path.write_bytes(b"nothing")
    assert taken.edition_id and look_up(NUMBER) is None and example_number("5") == ""
    (kept,) = look_up_organisation(known, because="Prov")
    assert kept.outcome == LookupOutcome.COULD_NOT_CHECK and "skadad" in kept.reason


def test_a_file_that_shrinks_waits_for_a_person(tmp_path: Path) -> None:
    """Held with words, taken in with a reason, or thrown away; the old edition stays meanwhile."""
    numbers = [organisation_number("aktiebolag", 60_000 + place) for place in range(40)]
    first = take(table(tmp_path, *map(row, numbers)))
    small = table(tmp_path, *map(row, numbers[:20]), name="small.csv")
    actor = person(Role.CASE_OFFICER)
    with pytest.raises(RegisterHeld):
        take(small)
    held = RegisterInForce.objects.get()
    assert held.edition_id == first.edition_id and "färre" in held.held["why"]
    digest = held.held["sha256"]
    with pytest.raises(Refused, match="Skriv varför"):
        accept_held_register(OWN, digest, reason=" ", actor=actor)
    with pytest.raises(Refused, match="väntar inte"):
        accept_held_register(OWN, "0" * 64, reason="Sett", actor=actor)
    accepted = accept_held_register(OWN, digest, reason="Utgivaren har rensat", actor=actor)
    assert (accepted.entries, accepted.override_reason, accepted.held) == (20, "Utgivaren har rensat", {})
    books.store().switch(OWN, accepted.edition_id)
    smaller = table(tmp_path, *map(row, numbers[:5]), name="smaller.csv")
    with pytest.raises(RegisterHeld):
        take(smaller)
    digest = RegisterInForce.objects.get().held["sha256"]
    discard_held_register(OWN, digest, reason="Avklippt", actor=actor)
    assert RegisterInForce.objects.get().held == {}
    with pytest.raises(Refused, match="äldre"):
        take(table(tmp_path, *map(row, numbers)))
    with pytest.raises(InputError):
        take(table(tmp_path, "x", name="bad.csv"))
    assert RegisterInForce.objects.get().refusal
    with pytest.raises(PermissionDenied):
        take_register(OWN, small, actor=person(Role.AUDITOR), arrival=RegisterArrival(timezone.now()))


def test_a_fetch_that_fails_leaves_what_was(tmp_path: Path) -> None:
    """A web page under 200 and a server that is down are told in the row, in Swedish."""
    actor = person(Role.ADMINISTRATOR)
    page = httpx.MockTransport(lambda _request: httpx.Response(200, content=b"<!doctype html><p>Nej"))
    with pytest.raises(InputError):
        fetch_register("scb", actor=actor, client=httpx.Client(transport=page))
    assert "webbsida" in RegisterInForce.objects.get().refusal
    down = httpx.MockTransport(lambda _request: httpx.Response(503))
    with pytest.raises(InputError):
        fetch_register("scb", actor=actor, client=httpx.Client(transport=down))
    told = RegisterInForce.objects.get()
    assert "503" in told.refusal and told.edition_id == ""
    with pytest.raises(Refused, match="ingen adress"):
        register_orders.order_fetch("public-bodies", actor=actor)
    assert not any(line.is_in_force for line in register_lines())


def test_jobs_read_and_then_look_everybody_up(tmp_path: Path) -> None:
    """The page waits for nothing: the file is read by a job, which has all we know of looked up in it."""
    known, actor = organisation(), person(Role.CASE_OFFICER)
    upload = SimpleUploadedFile("fil.csv", table(tmp_path, row(NUMBER)).read_bytes())
    register_orders.order_reading("", upload, actor=actor, title=TITLE)
    do_jobs()
    assert [job.state for job in Job.objects.all()] == ["done", "done"]
    assert [found.row.outcome for found in latest_answers(known)] == ["found"]
    assert not list((tmp_path / "registers" / ".incoming").rglob("*.csv"))
    again = SimpleUploadedFile("fil.csv", table(tmp_path, row(NUMBER)).read_bytes())
    with pytest.raises(Refused, match="redan ett register"):
        register_orders.order_reading("", again, actor=actor, title=TITLE)
    register_orders.order_reading(OWN, again, actor=actor)
    do_jobs()
    assert RegisterLookup.objects.count() == 1, "nothing new is nothing to keep"
    bad = SimpleUploadedFile("fil.csv", b"<html>nej</html>")
    job = register_orders.order_reading(OWN, bad, actor=actor)
    do_jobs()
    job.refresh_from_db()
    assert job.state == "failed" and "gäller fortfarande" in job.error
    assert register_orders.order_refresh() == [], "what came by hand is not fetched by the clock"


def test_a_worker_that_ends_while_reading_leaves_the_file_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = SimpleUploadedFile("fil.csv", table(tmp_path, row(NUMBER)).read_bytes())
    job = register_orders.order_reading("", upload, actor=person(Role.CASE_OFFICER), title=TITLE)

    reads = iter([WorkerStopping])
    take = tasks.registers.take_register

    def stopped_once(*facts: Any, **more: Any) -> RegisterInForce:
        if ending := next(reads, None):
            raise ending
        return take(*facts, **more)

    monkeypatch.setattr(tasks.registers, "take_register", stopped_once)
    do_jobs()
    job.refresh_from_db()
    assert job.state == "done" and RegisterInForce.objects.get().edition_id
    assert not list((tmp_path / "registers" / ".incoming").rglob("*.csv"))


def test_what_changes_is_told_and_what_fails_hides_no_change(
    api: list[RegisterFacts], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer is no change; a field that failed is compared with when it was last answered."""
    heard: list[changes.Change] = []
    monkeypatch.setattr(changes, "_LISTENERS", [heard.append])
    known = organisation()
    heard.clear()
    slow = "The register took too long to answer."
    unreachable = nothing("bolagsverket-api", NUMBER, outcome=Outcome.COULD_NOT_CHECK, reason=slow)
    gone = nothing("bolagsverket-api", NUMBER, outcome=Outcome.NOT_FOUND, reason="x")
    api += [answer(NAME, NOT_ENDED), answer(NAME, DOWN), unreachable, answer(NAME, ENDED), gone]
    rows = [look_up_organisation(known, because="Prov")[0] for _ in range(5)]
    assert [len(kept.changed) for kept in rows] == [0, 0, 0, 1, 1]
    assert rows[2].outcome == "could_not_check" and rows[2].reason == "Registret svarade inte i tid."
    assert rows[3].changed == [{"field": "deregistered_on", "before": [], "after": ["2026-05-01"]}]
    assert rows[0].sha256 == SOURCE.sha256 and rows[0].source_where == SOURCE.where
    assert [change.kind for change in heard] == ["register", "register"]
    assert heard[0].organisation_ids == {known.pk} and heard[0].about["fields"] == ["deregistered_on"]
    assert rows[4].changed[0]["field"] == "outcome"


def test_who_can_be_asked_about(tmp_path: Path, api: list[RegisterFacts]) -> None:
    """L-29: no file is asked about a sole trader, and nobody about an organisation without number."""
    take(table(tmp_path, row(NUMBER)))
    nameless, trader = organisation(None), organisation(TRADER)
    assert look_up_organisation(nameless, because="x") == [] and not can_be_asked(nameless)
    assert not can_be_asked(trader)
    api.append(RegisterFacts("bolagsverket-api", "", Outcome.FOUND, (NOT_ENDED,), SOURCE, is_person=True))
    (kept,) = look_up_organisation(trader, because="x")
    assert [fact["field"] for fact in kept.facts] == ["deregistered_on"]


def test_what_a_register_said_is_never_changed(api: list[RegisterFacts]) -> None:
    """Neither by the application nor by hand in the database."""
    api.append(answer(NAME))
    look_up_organisation(organisation(), because="Prov")
    name = "organisations_registerlookup"
    for statement in (f"UPDATE {name} SET reason = 'x'", f"DELETE FROM {name}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_age_is_counted_from_the_last_look(tmp_path: Path) -> None:
    """The publisher's same bytes again are no old edition; what nobody has looked at for long is red."""
    path = table(tmp_path, row(NUMBER))
    old = RegisterArrival(timezone.now() - timedelta(days=60), title=TITLE)
    take_register(OWN, path, actor=None, arrival=old)
    line = next(line for line in register_lines() if line.source.id == OWN)
    assert line.is_red and line.is_old
    take(path)
    line = next(line for line in register_lines() if line.source.id == OWN)
    assert not line.is_old and RegisterInForce.objects.get().entries == 1
