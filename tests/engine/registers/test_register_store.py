"""Editions of registers: what is kept, what is refused, what is found; and no person in any of it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from tests.engine.registers import bulk_samples as sample

from vandel.errors import InputError
from vandel.registers.catalogue import BOLAGSVERKET_BULK, SCB_BULK, RegisterSource, catalogue, table_register
from vandel.registers.edition import Age, age
from vandel.registers.facts import FactState, Field, Outcome
from vandel.registers.refusal import RegisterHeld, RegisterRefused
from vandel.registers.register_store import RegisterStore

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SOURCES = {
    "bolagsverket": RegisterSource(
        "bolagsverket", "Bolagsverkets bulkfil", "Bolagsverket", BOLAGSVERKET_BULK
    ),
    "scb": RegisterSource("scb", "SCB:s bulkfil", "SCB", SCB_BULK),
    "gleif-repex": catalogue()["gleif-repex"],
    "gleif-lei": catalogue()["gleif-lei"],
    "public-bodies": catalogue()["public-bodies"],
    "eget": table_register("eget", title="Vårt eget register", publisher="Staden"),
}


@pytest.fixture
def store(tmp_path):
    return RegisterStore(tmp_path / "register", SOURCES)


def take(store, tmp_path, content, *, register="bolagsverket", name="fil.zip", at=NOW, **options):
    path = tmp_path / name
    path.write_bytes(content)
    edition = store.accept(register, path, fetched_at=at, **options)
    store.switch(register, edition.edition_id)
    return edition


def refusal(store, tmp_path, content, **options):
    """The refusal, after which the edition in force and the files are what they were."""
    before, files = store.in_force("bolagsverket"), sorted(tmp_path.rglob("*.sqlite"))
    with pytest.raises(InputError) as caught:
        take(store, tmp_path, content, **options)
    assert store.in_force("bolagsverket") == before
    assert sorted(tmp_path.rglob("*.sqlite")) == files
    assert "\n" not in caught.value.sentence
    return caught.value


def test_by_number_with_source_and_silence(store, tmp_path):
    """A fact leads to the file's digest; what the file would have said, and did not, is an answer."""
    proceeding = "LI-AVOMFO$2026-04-01"
    rows = [sample.row(1), sample.row(1, business="2", name="Andra"), sample.row(2, proceeding=proceeding)]
    edition = take(store, tmp_path, sample.zipped(sample.bulk(*rows)))
    with store.open("bolagsverket") as book:
        said = book.by_number(f"{sample.orgnr(1)[:6]}-{sample.orgnr(1)[6:]}")
        assert said.values(Field.NAME) == ("Exempelbolaget 1 Aktiebolag", "Andra")
        assert [fact.business for fact in said.of(Field.NAME)] == [1, 2]
        assert said.of(Field.PROCEEDING)[0].state is FactState.NOT_STATED
        assert said.source.sha256 == edition.sha256
        assert book.by_number(sample.orgnr(2)).values(Field.PROCEEDING) == ("Likvidation",)
        missing = book.by_number(sample.orgnr(3))
        assert (missing.outcome, missing.facts) == (Outcome.NOT_FOUND, ())
        book.verify()
    assert edition.file_dated_at == datetime(2026, 11, 16, 4, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Östra Hamnens Måleri AB", "same"),
        ("östra hamnens måleri", "same"),
        ("ostra hamnens maleri", "same"),
        ("Aktiebolaget Östra Hamnens Måleri", "same"),
        ("östra hamn", "begins"),
        ("måleri östra", "words"),
        ("Hamnens Mål", "words"),
        ("Ericson", "begins"),
        ("Gamla namnet", None),
        ('" OR 1 --', None),
        ("*", None),
        ("xyz" * 2000, None),
        ("", None),
    ],
)
def test_search_by_name(store, tmp_path, query, expected):
    rows = [
        sample.row(1, name="Östra Hamnens Måleri AB"),
        sample.row(2, name="Ericsson & Söner Handelsbolag"),
        sample.row(3, name="Västra Bygg AB"),
    ]
    take(store, tmp_path, sample.bulk(*rows))
    with store.open("bolagsverket") as book:
        found = book.search(query)
    assert [one.nearness for one in found] == ([expected] if expected else [])


def test_nothing_of_a_person_is_stored(store, tmp_path):
    """No personal number and no name of a sole trader anywhere in the store, byte by byte."""
    rows = [sample.row(1, activity=f"Ägs av {sample.PERSON_NUMBER}"), *[sample.person_row()] * 3]
    edition = take(store, tmp_path, sample.zipped(sample.bulk(*rows)))
    take(
        store,
        tmp_path,
        sample.scb(sample.scb_row(1), sample.scb_row(2, JurForm="10", Namn=sample.PERSON_NAME)),
        register="scb",
        name="scb.txt",
    )
    assert edition.counts["persons_dropped"] == 3
    kept = b"".join(path.read_bytes() for path in (tmp_path / "register").rglob("*") if path.is_file())
    assert sample.orgnr(1).encode() in kept
    for trace in (sample.PERSON_NAME, sample.PERSON_NAME.lower(), "kanariefagel", sample.PERSON_NUMBER):
        assert trace.encode() not in kept
    with store.open("bolagsverket") as book, pytest.raises(RegisterRefused) as caught:
        book.by_number(sample.PERSON_NUMBER)
    assert sample.PERSON_NUMBER not in caught.value.sentence


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "registers.empty"),
        (b"<html><body>502 Bad Gateway</body></html>", "registers.web_page"),
        (sample.bulk(), "registers.empty"),
        (sample.bulk(sample.person_row()), "registers.empty"),
        (sample.many(190)[:-30], "registers.cut"),
        (sample.zipped(sample.many(190))[:-30], "registers.broken_archive"),
        (sample.scb(sample.scb_row(1)), "registers.wrong_format"),
        (b"a;b\n1;2\n", "registers.wrong_format"),
        (
            sample.bulk(
                *['"' + sample.orgnr(n) + '$ORGNR-IDORG";"trasig"' for n in range(50)], sample.row(1)
            ),
            "registers.unreadable",
        ),
        (sample.many(120), "registers.held"),
        (sample.bulk(*(sample.row(n + 20) for n in range(1, 201))), "registers.held"),
        (
            sample.bulk(
                *(sample.row(n, name=f"Exempelbolaget {n % 200 + 1} Aktiebolag") for n in range(1, 201))
            ),
            "registers.shuffled",
        ),
        (sample.bulk(*(sample.row(n, name=f"Nytt {n}") for n in range(1, 201))), "registers.held"),
        (sample.zipped(sample.many(201), day=(2026, 11, 9, 4, 0, 0)), "registers.older"),
    ],
)
def test_the_old_edition_stays(store, tmp_path, content, code):
    """Cut, empty, shrunken, swapped, another format, an error page, older than ours."""
    take(store, tmp_path, sample.zipped(sample.many(200)))
    assert refusal(store, tmp_path, content, at=NOW + timedelta(days=7)).code == code


def test_a_held_file_and_a_persons_reason(store, tmp_path):
    take(store, tmp_path, sample.many(200))
    with pytest.raises(RegisterHeld) as caught:
        take(store, tmp_path, sample.many(120))
    assert {reason["code"] for reason in caught.value.params["reasons"]} == {"shrunk", "gone"}
    edition = take(store, tmp_path, sample.many(120), override_reason="Registret är gallrat.")
    assert edition.override_reason == "Registret är gallrat."
    assert len(edition.held_reasons) == 2


def test_a_floor_holds_the_real_register(tmp_path):
    store = RegisterStore(tmp_path)
    with pytest.raises(RegisterHeld) as caught:
        take(store, tmp_path, sample.many(5))
    assert caught.value.params["reasons"][0]["code"] == "below_floor"


def test_the_same_bytes_again_confirm_the_edition(store, tmp_path):
    first = take(store, tmp_path, sample.many(5))
    again = take(store, tmp_path, sample.many(5), at=NOW + timedelta(days=20))
    assert again.edition_id == first.edition_id
    source = store.source("bolagsverket")
    assert age(again, source, now=NOW + timedelta(days=21)) is Age.FRESH
    assert age(first, source, now=NOW + timedelta(days=21)) is Age.WARN
    assert age(first, source, now=NOW + timedelta(days=40)) is Age.RED


def test_prune_keeps_the_one_in_force(store, tmp_path):
    first = take(store, tmp_path, sample.many(5))
    for place in (6, 7, 8):
        take(store, tmp_path, sample.many(place), at=NOW + timedelta(hours=place))
    store.switch("bolagsverket", first.edition_id)
    assert len(store.prune("bolagsverket", keep=1)) == 2
    assert [edition.entries for edition in store.editions("bolagsverket")] == [5, 8]


def test_a_damaged_edition_is_not_put_in_force(store, tmp_path):
    edition = take(store, tmp_path, sample.many(50))
    path = tmp_path / "register" / "bolagsverket" / f"{edition.edition_id}.sqlite"
    path.chmod(0o644)
    with sqlite3.connect(path) as database:
        database.execute("UPDATE entry SET number = '5560160680' WHERE id = 7")
    database.close()
    with store.open("bolagsverket") as book, pytest.raises(RegisterRefused):
        book.verify()
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(RegisterRefused):
        store.switch("bolagsverket", edition.edition_id)
    for name in ("../../x", "", "finns-inte"):
        with pytest.raises(RegisterRefused):
            store.open("bolagsverket", name)


def test_killed_while_reading(tmp_path):
    """R1: a process killed at any moment leaves the edition in force as it was, and no half edition."""
    store = RegisterStore(tmp_path / "register", SOURCES)
    take(store, tmp_path, sample.many(200))
    before = store.in_force("bolagsverket")
    (tmp_path / "stor.txt").write_bytes(sample.many(40_000))
    program = (
        "import sys; from pathlib import Path; from tests.engine.registers.test_register_store import *\n"
        "store = RegisterStore(Path(sys.argv[1]) / 'register', SOURCES)\n"
        "store.accept('bolagsverket', Path(sys.argv[1]) / 'stor.txt', fetched_at=NOW + timedelta(days=1),"
        " override_reason='x', progress=lambda done: print(done, flush=True))"
    )
    for after in range(1, 4):
        command = [sys.executable, "-c", program, str(tmp_path)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as child:
            for _ in range(after):
                assert child.stdout.readline()
            time.sleep(0.01 * after)
            child.send_signal(signal.SIGKILL)
        assert store.in_force("bolagsverket") == before
        assert store.editions("bolagsverket") == [before]
    later = RegisterStore(tmp_path / "register", SOURCES)
    take(later, tmp_path, sample.many(201), at=datetime.now(UTC) + timedelta(days=3))
    assert not list((tmp_path / "register" / "bolagsverket").glob(".incoming-*"))


def test_any_register_as_a_table(store, tmp_path):
    """Public bodies and a register of one's own; a sole trader's row stays outside."""
    table = (
        "Organisationsnr;Namn;Postadress;PostNr;PostOrt;Webbadress\n"
        f"{sample.orgnr(1, '20')};Exempelmyndigheten;Box 1;11122;Stockholm;exempel.invalid\n"
        f"{sample.PERSON_NUMBER};{sample.PERSON_NAME};Gatan 1;11122;Stockholm;\n"
        ";Utan nummer;;;;\n"
    )
    edition = take(store, tmp_path, table.encode("cp1252"), register="public-bodies", name="organ.csv")
    assert (edition.counts["kept"], edition.counts["persons_dropped"], edition.counts["without_number"]) == (
        1,
        1,
        1,
    )
    with store.open("public-bodies") as book:
        (found,) = book.search("exempelmyndigheten")
        assert (found.number, found.address) == (sample.orgnr(1, "20"), "Box 1, 11122 Stockholm")
        assert book.by_number(found.number).values(Field.WEBSITE) == ("exempel.invalid",)
    with pytest.raises(RegisterRefused):
        take(store, tmp_path, b"a;b\n1;2\n", register="eget", name="eget.csv")


def test_reasons_of_gleif_are_unknown_with_a_reason(store, shared_data, tmp_path):
    path = shared_data / "ownership" / "gleif-samples" / "repex-data.xml"
    with pytest.raises(RegisterHeld):
        store.accept("gleif-repex", path, fetched_at=NOW)
    edition = store.accept("gleif-repex", path, fetched_at=NOW, override_reason="ett utdrag")
    assert len(edition.held_reasons) == 2  # below the floor, and fewer than the file promises
    with store.open("gleif-repex", edition.edition_id) as book:
        (fact,) = book.by_number("01370W6ZIY66KQ4J3570").of(Field.DIRECT_PARENT)
    assert (fact.state, fact.code, fact.reason) == (
        FactState.UNKNOWN,
        "NON_PUBLIC",
        "the information is not public",
    )


def test_gleif_by_swedish_number(store, shared_data, tmp_path):
    path = shared_data / "ownership" / "gleif-samples" / "lei-data.xml"
    edition = store.accept("gleif-lei", path, fetched_at=NOW, override_reason="ett utdrag")
    with store.open("gleif-lei", edition.edition_id) as book:
        assert book.by_number("556543-1193").number == "213800BJPX8V9HVY1Y11"
