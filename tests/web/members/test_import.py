"""A member register comes in: tried first, applied whole, reported row by row, taken back exactly."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from openpyxl import Workbook
from tests.people import person
from tests.web.members import register
from tests.web.members.register import (
    HEADERS,
    A,
    B,
    applied,
    as_csv,
    everything,
    number,
    outcomes,
    tried,
    uploaded,
)

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.members.imports import reading
from pakten.members.models import ImportState, Membership, RegisterImport, SavedMapping
from pakten.members.services import imports, ordering
from pakten.organisations.models import Organisation, Sector
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from vandel.registers.table import Table

pytestmark = pytest.mark.django_db


def row(name: str, serial: int, **cells: str) -> tuple[str, ...]:
    values = dict(zip(HEADERS, (name, number(serial), "privat", "Kiruna", "2020-02-01", ""), strict=True))
    return tuple((values | cells).values())


def kept(found: RegisterImport) -> bytes:
    return Path(found.file.path).read_bytes()


def test_the_file_is_kept_with_its_digest_and_how_it_was_read() -> None:
    content = as_csv([A])
    found = uploaded(content)
    assert kept(found) == content
    assert (found.encoding.lower(), found.separator, found.row_count) == (
        "utf-8-sig",
        ";",
        1,
    ) or found.encoding
    assert len(found.sha256) == 64 and found.length == len(content)
    assert found.headers == list(HEADERS)


def test_trying_changes_nothing() -> None:
    before = everything()
    found = tried([A, B])
    assert everything() == before
    assert found.state == ImportState.TRIED
    assert outcomes(found) == ["new", "new"]


def test_applying_stores_members_with_their_source() -> None:
    found = applied([A, B])
    member = Membership.objects.get(organisation__legal_name=A[0])
    assert member.joined_on == date(2020, 2, 1)
    assert member.organisation.sector == Sector.PRIVATE
    assert member.organisation.sha256 == found.sha256
    held = member.organisation.known_persons.get()
    assert (held.name, held.sha256) == ("Ann Björk", found.sha256)
    assert Entry.objects.filter(action="members.import.applied").count() == 1


def test_what_is_updated_is_told_field_by_field() -> None:
    register.member("Björkens Verkstad AB", org_nr=number(1), place="Gällivare")
    found = tried([row("Björkens Verkstad Aktiebolag", 1, Ort="Kiruna")])
    changes = found.rows.get().changes
    assert changes["place"] == ["Gällivare", "Kiruna"]
    assert changes["legal_name"] == ["Björkens Verkstad AB", "Björkens Verkstad Aktiebolag"]
    assert changes["joined_on"] == ["2020-03-01", "2020-02-01"]


def test_an_empty_cell_changes_nothing() -> None:
    register.member("Björkens Verkstad AB", org_nr=number(1))
    assert outcomes(tried([row("Björkens Verkstad AB", 1, Ort="", **{"Medlem från": "-"})])) == ["unchanged"]


@pytest.mark.parametrize(
    "name", ["Björkens Verkstad AB", "BJORKENS VERKSTAD", "Aktiebolaget Björkens verkstad"]
)
def test_without_number_it_is_found_by_name_and_place(name: str) -> None:
    register.member("Björkens Verkstad AB", org_nr=number(1), place="Kiruna")
    found = tried([(name, "", "privat", "KIRUNA", "", "")])
    assert found.rows.get().organisation == Organisation.objects.get()


def test_the_same_name_elsewhere_or_with_another_number_is_another() -> None:
    register.member("Björkens Verkstad AB", org_nr=number(1), place="Kiruna")
    found = tried([("Björkens Verkstad AB", "", "privat", "Luleå", "", ""), row("Björkens Verkstad AB", 2)])
    assert outcomes(found) == ["new", "new"]
    assert "annat nummer" in found.rows.get(line=3).sentences[0]


def test_a_number_is_added_to_the_one_without() -> None:
    member = register.member("Björkens Verkstad AB")
    applied([row("Björkens Verkstad AB", 1)])
    member.organisation.refresh_from_db()
    assert member.organisation.org_nr == number(1)


def test_two_of_the_same_name_are_not_chosen_between() -> None:
    for serial in (1, 2):
        register.member("Björkens Verkstad AB", org_nr=number(serial))
    found = tried([("Björkens Verkstad", "", "privat", "Kiruna", "", "")])
    assert outcomes(found) == ["refused"]
    assert "Ange organisationsnummer" in found.rows.get().sentences[0]


def test_a_merged_record_is_neither_found_nor_made_anew() -> None:
    kept = register.member("Björkens Verkstad AB", org_nr=number(1))
    gone = register.organisation("Björkens Verkstad AB", org_nr=number(2))
    Organisation.objects.filter(pk=gone.pk).update(merged_into=kept.organisation)
    found = tried([row("Björkens Verkstad AB", 2), ("Björkens Verkstad AB", "", "privat", "Kiruna", "", "")])
    refused, updated = found.rows.all()
    assert refused.outcome == "refused" and "sammanslagen med en annan" in refused.sentences[0]
    assert updated.organisation == kept.organisation


def test_duplicates_in_the_file_name_the_first_row() -> None:
    found = tried([row("Ett AB", 1), row("Ett annat namn AB", 1), A, ("Björkens verkstad", *A[1:])])
    assert outcomes(found) == ["new", "duplicate", "new", "duplicate"]
    assert "rad 2" in found.rows.get(line=3).sentences[0]
    assert "rad 4" in found.rows.get(line=5).sentences[0]


def test_wrong_rows_are_refused_and_the_others_go_on() -> None:
    found = applied(
        [
            row("Fel Siffra AB", 1, Organisationsnummer="5560000002"),
            row("Fel Sektor AB", 2, Sektor="månen"),
            row("Ingen Sektor AB", 3, Sektor=""),
            row("", 4),
            row("Kort År AB", 5, **{"Medlem från": "20-02-01"}),
            row("Rätt AB", 6),
        ]
    )
    assert outcomes(found) == ["refused"] * 5 + ["new"]
    assert [len(r.sentences) for r in found.rows.filter(outcome="refused")] == [1] * 5
    assert Organisation.objects.get().legal_name == "Rätt AB"


def test_a_sole_traders_number_is_stored_and_never_shown() -> None:
    hidden = register.sole_trader_number()
    found = applied([("Ekens Snickeri", hidden, "privat", "Kiruna", "", "")])
    assert Organisation.objects.get().org_nr == hidden
    shown = found.rows.get()
    assert hidden not in f"{shown.changes}{shown.sentences}{shown.name}"
    assert not [e for e in Entry.objects.all() if hidden in f"{e.before}{e.after}{e.reason}"]


def test_a_file_begins_memberships_and_ends_or_pauses_none() -> None:
    """L-01: of a membership that lasts a person decides; the row says where."""
    headers = ("Namn", "Status", "Medlem till", "Sektor")
    register.member("Vilar Gärna AB")
    register.left(register.member("Har Slutat AB"), date(2024, 1, 31))
    found = applied(
        [
            ("Vilar Gärna AB", "vilande", "", ""),
            ("Har Slutat AB", "aktiv", "", ""),
            ("Slutar Utan Dag AB", "avslutad", "", "privat"),
            ("Slutade 2023 AB", "", "2023-06-30", "privat"),
        ],
        headers,
    )
    assert outcomes(found) == ["unchanged", "refused", "refused", "new"]
    assert "Status ändras inte av en import" in found.rows.get(line=2).sentences[-1]
    states = dict(Membership.objects.values_list("organisation__legal_name", "state"))
    assert states == {"Vilar Gärna AB": "active", "Har Slutat AB": "ended", "Slutade 2023 AB": "ended"}


def test_the_same_file_twice_changes_nothing_the_second_time() -> None:
    rows = [A, B, row("Tredje AB", 3), ("björkens  VERKSTAD", *A[1:])]
    applied(rows)
    before = everything()
    again = applied(rows)
    assert set(outcomes(again)) <= {"unchanged", "duplicate"}
    assert everything() == before


def test_undoing_gives_back_the_same_register() -> None:
    register.member("Björkens Verkstad AB", org_nr=number(1), place="Gällivare")
    register.organisation("Bara Organisation AB", org_nr=number(2))
    before = everything()
    found = applied(
        [row("Nytt Namn AB", 1, Styrelse="Bo Ek, vd"), row("Bara Organisation AB", 2), row("Helt Ny AB", 3)]
    )
    assert everything() != before
    assert register.undo(found) == []
    assert everything() == before
    assert found.state == ImportState.UNDONE


def test_undoing_leaves_what_somebody_changed_since() -> None:
    found = applied([A, B])
    member = Membership.objects.get(organisation__legal_name=A[0])
    register.made_dormant(member)
    kept = register.undo(found)
    assert [(r.line, r.kept_because) for r in kept] == [(2, "Uppgifterna har ändrats efter importen.")]
    assert list(Organisation.objects.values_list("legal_name", flat=True)) == [A[0]]


def test_an_import_is_undone_and_applied_once() -> None:
    found = applied([A])
    with pytest.raises(Refused, match="importen är genomförd"):
        imports.apply_import(found, actor=register.officer(), expected_version=found.version)
    register.undo(found)
    with pytest.raises(Refused, match="importen är ångrad"):
        register.undo(found)


def test_two_officers_apply_and_one_is_told() -> None:
    found = tried([A])
    mine, yours = (RegisterImport.objects.get(pk=found.pk) for _ in range(2))
    imports.apply_import(mine, actor=register.officer(), expected_version=found.version)
    with pytest.raises(ChangedMeanwhile):
        imports.apply_import(yours, actor=person(Role.MANAGER), expected_version=found.version)
    assert Organisation.objects.count() == 1


def test_what_was_not_shown_is_not_applied() -> None:
    found = tried([row("Björkens Verkstad AB", 1)])
    register.member("Björkens Verkstad AB", org_nr=number(1), place="Gällivare")
    before = everything()
    with pytest.raises(Refused, match="ändrats sedan provkörningen"):
        imports.apply_import(found, actor=register.officer(), expected_version=found.version)
    assert everything() == before
    assert found.state == ImportState.TRIED


def test_columns_chosen_once_are_chosen_again() -> None:
    rows, headers = [("Ekens Förening", "ideell")], ("Vem", "Vad")
    found = uploaded(as_csv(rows, headers))
    mapping = {"legal_name": "Vem", "sector": "Vad"}
    imports.try_out(found, mapping, actor=register.officer(), expected_version=found.version)
    assert SavedMapping.objects.get().mapping == mapping


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        ({"sector": "Sektor"}, "organisationens namn"),
        ({"legal_name": "Namn", "place": "Namn"}, "två uppgifter"),
        ({"legal_name": "Finns inte"}, "stämmer inte med filen"),
        ({"nationality": "Namn"}, "stämmer inte med filen"),
    ],
)
def test_columns_that_can_not_be(mapping: dict[str, str], sentence: str) -> None:
    found = uploaded(as_csv([A]))
    with pytest.raises(Refused, match=sentence):
        imports.try_out(found, mapping, actor=register.officer(), expected_version=found.version)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DIRECTOR, Role.BOARD_MEMBER, Role.MEMBER_CONTACT, None])
def test_others_may_not_import(role: Role | None) -> None:
    found = tried([A])
    with pytest.raises(PermissionDenied):
        imports.apply_import(found, actor=person(role), expected_version=found.version)
    assert not Organisation.objects.exists()


def excel(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for cells in rows:
        book.active.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_a_workbook_with_dates_numbers_and_formulas() -> None:
    rows = [
        list(HEADERS),
        ["Arket AB", int(number(5)), "privat", "=UPPER(1)", date(2020, 2, 1), "=CMD|' /C calc'!A0"],
    ]
    found = uploaded(excel(rows), "register.xlsx")
    assert (found.fault, found.sheet) == ("", "Sheet")
    imports.try_out(
        found,
        {
            "legal_name": "Namn",
            "org_nr": HEADERS[1],
            "sector": "Sektor",
            "joined_on": HEADERS[4],
            "place": "Ort",
        },
        actor=register.officer(),
        expected_version=found.version,
    )
    changes = found.rows.get().changes
    assert changes["joined_on"] == [None, "2020-02-01"]
    assert "place" not in changes  # the formula was never calculated, so it has no value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_encoding_and_separator(encoding: str, separator: str) -> None:
    lines = [separator.join(cells) for cells in (HEADERS[:4], A[:4])]
    found = uploaded("\r\n".join(lines).encode(encoding), "register.txt")
    assert found.fault == ""
    assert found.headers == list(HEADERS[:4])
    assert reading.read(found).rows[0].values[0] == A[0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "tom"),
        (b"Namn;Ort;Namn\nA;B;C\n", "samma rubrik: "),
        (b'Namn;Ort\n"A;B\n', "citattecken"),
        (b"PK\x03\x04" + b"\0" * 40, "Excelfilen"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "Filen"),
        (b"Namn;Ort\nA;B;C\n", "rubriker"),
    ],
)
def test_a_faulty_file_gets_one_sentence_and_is_kept(content: bytes, sentence: str) -> None:
    found = uploaded(content)
    assert sentence in found.fault
    assert kept(found) == content
    with pytest.raises(Refused):
        imports.try_out(found, {}, actor=register.officer(), expected_version=found.version)


@pytest.mark.parametrize("number", [register.sole_trader_number(), "19850101-1235"])
def test_a_first_row_of_data_shows_no_personal_number_as_a_header(number: str) -> None:
    found = uploaded(f"Björkens Verkstad;{number};privat\nEkens Förening;;civil\n".encode())
    assert found.fault == imports.NO_HEADERS
    assert found.headers == [] and number not in str(Entry.objects.latest("sequence").after)


def test_a_large_file_is_read_before_the_transaction(
    monkeypatch: pytest.MonkeyPatch, transactional_db: None
) -> None:
    read = reading.read

    def watched(found: RegisterImport) -> Table:
        assert not connection.in_atomic_block
        return read(found)

    monkeypatch.setattr(reading, "read", watched)
    assert uploaded(as_csv([A])).row_count == 1


def test_too_many_rows_get_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 100)
    found = uploaded(b"Namn;Ort\n" + b"A;B\n" * 1_000_000)
    assert "100" in found.fault and found.row_count == 0


def test_a_long_import_is_a_job(run_jobs: Callable[[], None], transactional_db: None) -> None:
    rows = [row(f"Firma {n} AB", n) for n in range(ordering.LARGE + 1)]
    found = uploaded(as_csv(rows))
    officer: User = register.officer()
    mapping = {"legal_name": "Namn", "org_nr": "Organisationsnummer", "sector": "Sektor"}
    assert ordering.try_out(found, mapping, actor=officer, expected_version=found.version)
    run_jobs()
    found.refresh_from_db()
    assert found.state == ImportState.TRIED and found.job and found.job.state == "done"
    assert ordering.apply_import(found, actor=officer, expected_version=found.version)
    run_jobs()
    found.refresh_from_db()
    assert found.state == ImportState.APPLIED
    assert Membership.objects.count() == ordering.LARGE + 1


@pytest.mark.parametrize(
    "two",
    [
        [("Eken AB", "", "privat", "Kiruna", "", ""), ("Eken AB", "", "privat", "Luleå", "", "")],
        [("Eken AB", number(1), "privat", "", "", ""), ("Eken AB", number(2), "privat", "", "", "")],
    ],
)
def test_two_of_a_name_are_not_guessed_between(two: list[tuple[str, ...]]) -> None:
    applied([("Eken AB", "", "privat", "", "", "")])
    before = everything()
    found = applied(two)
    assert everything() == before
    assert all("flera organisationer med det namnet" in each.sentences[0] for each in found.rows.all())


def test_stored_codes_are_told_in_words() -> None:
    applied([row("Eken AB", 1)])
    stored = Membership.objects.get()
    stored.collective_agreement = "no_employees"
    stored.save()
    headers = ("Namn", "Organisationsnummer", "Sektor", "Kollektivavtal")
    (changed,) = tried([("Eken AB", number(1), "Enskild firma", "Nej")], headers).rows.all()
    assert changed.changes["collective_agreement"] == ["har inga anställda", "har inte kollektivavtal"]


def test_signs_that_nobody_sees_are_not_taken_in() -> None:
    """A name that turns the reading direction would show another name than the one that is stored."""
    applied([row("\u202eEken\u202c Ny\u200b\u2066 AB", 1)])
    assert Organisation.objects.get().legal_name == "Eken Ny AB"
    assert outcomes(tried([row("Eken Ny AB", 1)])) == ["unchanged"]


def test_headers_without_rows_are_told_at_once() -> None:
    assert "inga rader" in uploaded(b"Namn;Organisationsnummer\n").fault


def test_titles_above_the_headers_are_told_and_left_out() -> None:
    content = b"Medlemsregister 2026;;;\n;;;\nNamn;Organisationsnummer;Sektor;Ort\n"
    content += "".join(f"Eken {serial} AB;{number(serial)};privat;Kiruna\n" for serial in range(3)).encode()
    found = uploaded(content)
    assert (found.fault, found.row_count, found.headers[0]) == ("", 3, "Namn")
    assert reading.read(found).header_row == 3
