"""Tables as people hand them in, and everything that is refused with one clear sentence."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vandel.errors import InputError
from vandel.registers.limits import Limits
from vandel.registers.table import open_table, read_table

SWEDISH = "Namn;Ort\nNorrskenets Åkeri AB;Luleå\nFjällräven & Söner;Östersund\n"
ROWS = [("Norrskenets Åkeri AB", "Luleå"), ("Fjällräven & Söner", "Östersund")]


def workbook(*rows: tuple[object, ...], title: str = "Blad1") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def refused(source: bytes | Path, **options: object) -> InputError:
    with pytest.raises(InputError) as caught:
        read_table(source, **options)
    assert "\n" not in caught.value.sentence
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_any_encoding_separator_and_line_end(encoding: str, separator: str, newline: str) -> None:
    text = SWEDISH.replace(";", separator).replace("\n", newline)
    table = read_table(text.encode(encoding))
    assert table.headers == ("Namn", "Ort")
    assert [row.values for row in table.rows] == ROWS
    assert table.separator == separator
    assert table.encoding == {"latin-1": "cp1252"}.get(encoding, encoding)


def test_a_path_is_read_as_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "members.xlsx"  # the name lies
    path.write_bytes(SWEDISH.encode("utf-8"))
    assert read_table(path) == read_table(str(path)) == read_table(SWEDISH.encode("utf-8"))


def test_quotes_line_breaks_and_separators_in_cells() -> None:
    table = read_table('id;name;note\n1;"Vik; Sten & Co";"två\nrader ""så"""\n'.encode())
    assert table.rows[0].values == ("1", "Vik; Sten & Co", 'två\nrader "så"')


def test_values_are_as_written_but_for_the_space_around() -> None:
    table = read_table(b"a,b\n 0042 ,\xc2\xa0=1+1\n")
    assert table.rows[0].values == ("0042", "=1+1")


def test_rows_keep_their_number_and_empty_ones_are_passed_over() -> None:
    table = read_table(b"\n\nid,name\n1,a\n\n,\n2,b\n")
    assert [(row.number, row.values) for row in table.rows] == [(4, ("1", "a")), (7, ("2", "b"))]


def test_missing_cells_are_filled_and_told() -> None:
    table = read_table(b"id,name,town\n1,a\n2,b,c\n")
    assert [(row.values, row.filled) for row in table.rows] == [
        (("1", "a", ""), True),
        (("2", "b", "c"), False),
    ]


def test_empty_headers_get_a_name_and_those_at_the_end_are_dropped() -> None:
    table = read_table(b"id,,town,,\n1,2,3,,\n")
    assert table.headers == ("id", "column 2", "town")


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert read_table(b"id,name,type,country,birth_date\r\n").rows == ()


def test_one_column_with_commas_in_it() -> None:
    assert [row.values for row in read_table(b"name\nVik, Sten\nBerg\n").rows] == [("Vik, Sten",), ("Berg",)]


def test_an_old_end_of_file_mark_is_no_row() -> None:
    assert [row.values for row in read_table(b"a,b\r\n1,2\r\n\x1a").rows] == [("1", "2")]


def test_the_separator_may_be_declared() -> None:
    assert read_table(b"sep=|\na|b;c\n1|2;3\n").headers == ("a", "b;c")


def test_headers_may_stand_further_down() -> None:
    table = read_table(b"Medlemsregister;2026\nid;name\n1;a\n", header_row=2)
    assert table.headers == ("id", "name") and table.rows[0].number == 3
    assert refused(b"a;b\n1;2\n", header_row=9).code == "table.no_header"


def test_reading_the_first_rows_only() -> None:
    table = read_table(b"a\n1\n2\n3\n", limit=2)
    assert len(table.rows) == 2 and table.more
    assert not read_table(b"a\n1\n2\n", limit=2).more


def test_a_workbook_s_typed_cells_become_sensible_text() -> None:
    table = read_table(
        workbook(
            ("orgnr", "date", "moment", "share", "yes", "formula", "text"),
            (165599000014, date(2022, 5, 24), datetime(2022, 5, 24, 13, 5), 0.1 + 0.2, True, "=1+1", " Å "),
        )
    )
    assert table.rows[0].values == (
        "165599000014",
        "2022-05-24",
        "2022-05-24 13:05:00",
        "0.3",
        "TRUE",
        "",
        "Å",
    )
    assert (table.sheet, table.sheets, table.encoding) == ("Blad1", ("Blad1",), None)


def test_the_first_filled_sheet_or_the_one_asked_for() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Tomt"
    book.create_sheet("Medlemmar")["C5"] = "namn"
    book.create_sheet("Annat")["A1"] = "x"
    content = saved(book)
    table = read_table(content)
    assert (table.sheet, table.headers) == ("Medlemmar", ("namn",))
    assert read_table(content, sheet="Annat").headers == ("x",)
    error = refused(content, sheet="Saknas")
    assert (error.code, error.params["sheets"]) == ("table.no_such_sheet", ("Tomt", "Medlemmar", "Annat"))


def test_an_open_document_sheet() -> None:
    content = open_document(
        "<table:table-row>"
        '<table:table-cell office:value-type="string"><text:p>namn</text:p></table:table-cell>'
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="1048575">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    assert read_table(content).headers == ("namn",)


def open_document(rows: str) -> bytes:
    namespaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    body = f'<office:spreadsheet><table:table table:name="Blad1">{rows}</table:table></office:spreadsheet>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {namespaces}><office:body>{body}'
            "</office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def test_real_workbooks_old_and_new(shared_data: Path) -> None:
    old = read_table(shared_data / "lists" / "au_dfat_regulation8_2022.xls")
    assert (len(old.rows), len(old.headers)) == (7945, 12)
    new = read_table(shared_data / "lists" / "ua_nsdc_sanctions_2022.xlsx")
    assert (len(new.rows), len(new.headers), len(new.sheets)) == (3915, 19, 2)


BAD_TEXT = {
    "empty": (b"", "table.empty"),
    "only blank lines": (b"\n\n;;\n", "table.empty"),
    "utf-16 without mark": (SWEDISH.encode("utf-16-le"), "table.nul_bytes"),
    "nul in the middle": (b"a,b\n1,\x002\n", "table.nul_bytes"),
    "binary": (b"a,b\n\x01\x02,\x03\n", "table.not_text"),
    "utf-8 that breaks": ("Å;Ö\nä;".encode() + b"\xff\n", "table.wrong_encoding"),
    "utf-8 cut in a letter": ("Å;Ö\nä;ö".encode()[:-1], "table.wrong_encoding"),
    "unclosed quote": (b'a,b\n1,"x\n2,y\n', "table.unclosed_quote"),
    "text after a quote": (b'a,b\n1,"x"y\n', "table.stray_quote"),
    "too many cells": (b"a,b\n1,2\n1,2,3\n", "table.ragged_row"),
    "cut in a row": (b"a,b,c\n1,2,3\n4,5", "table.cut"),
    "duplicate headers": (b"Name,town, name ,Town\n", "table.duplicate_header"),
    "pdf": (b"%PDF-1.7 ...", "table.not_a_table"),
    "web page": (b"<!DOCTYPE html><html>", "table.not_a_table"),
    "xml": (b'<?xml version="1.0"?><a/>', "table.not_a_table"),
    "half a zip": (b"PK\x03\x04" + b"x" * 99, "table.broken_workbook"),
    "half an xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "table.broken_workbook"),
    "301 columns": (",".join(map(str, range(301))).encode(), "table.too_many_columns"),
    "a very long cell": (b"a\n" + b"x" * 40_000 + b"\n", "table.cell_too_long"),
    "one line of a megabyte": (b"x" * 2**20, "table.cell_too_long"),
    "a megabyte after a quotation mark": (b'a\n"' + b"x" * 2**20, "table.unclosed_quote"),
}


@pytest.mark.parametrize(("content", "code"), BAD_TEXT.values(), ids=BAD_TEXT)
def test_refused_in_one_sentence(content: bytes, code: str) -> None:
    assert refused(content).code == code


def test_the_sentence_names_row_and_headers() -> None:
    assert refused(BAD_TEXT["too many cells"][0]).params == {"row": 3, "found": 3, "expected": 2}
    assert refused(BAD_TEXT["duplicate headers"][0]).params["names"] == ("name", "Town")


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.csv").code == "table.unreadable"
    assert refused(tmp_path).code == "table.unreadable"


def test_ceilings_are_the_caller_s() -> None:
    assert refused(b"a\n1\n2\n3\n", limits=Limits(rows=2)).code == "table.too_many_rows"
    assert refused(b"a\n1\n2\n3\n", limits=Limits(bytes=4)).code == "table.too_large"


def test_a_million_rows_stream_past() -> None:
    line = "1;Norrskenets Åkeri AB;Luleå\n".encode()
    stream = open_table(b"id;name;town\n" + line * 200_000, limits=Limits(rows=10**6))
    assert sum(1 for _ in stream) == 200_000


def archive(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in members.items():
            zipped.writestr(name.replace("__", "/") + ".xml", data)
    return stream.getvalue()


SHEET = b"<worksheet><sheetData>%s</sheetData></worksheet>"


def test_archives_that_would_fill_memory() -> None:
    bomb = archive(xl__workbook=b"<workbook/>", xl__worksheets__sheet1=b" " * 2**22)
    assert refused(bomb).code == "table.bomb"
    assert refused(bomb, limits=Limits(ratio=10**6, unpacked=2**20)).code == "table.bomb"
    for unending in (b"<worksheet><!-- ", b"<worksheet a='"):
        slow = archive(xl__workbook=b"<workbook/>", xl__worksheets__sheet1=unending + b"> " * 2**20)
        assert refused(slow, limits=Limits(ratio=10**6)).code == "table.bomb"
    many = archive(xl__workbook=b"<workbook/>", **{f"f{number}": b"" for number in range(20)})
    assert refused(many, limits=Limits(entries=10)).code == "table.bomb"
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha">]><worksheet>&a;</worksheet>'
    assert refused(archive(xl__workbook=b"<workbook/>", xl__worksheets__sheet1=laughs)).code == "table.bomb"


def test_a_length_that_lies_is_counted_out() -> None:
    content = bytearray(archive(xl__workbook=b"<workbook/>", xl__worksheets__sheet1=SHEET % (b" " * 2**22)))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    assert refused(bytes(content)).code == "table.bomb"


def test_entries_that_share_their_bytes() -> None:
    content = bytearray(archive(xl__workbook=random.Random(1).randbytes(50_000), other=b""))
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    content[second + 16 : second + 28] = content[first + 16 : first + 28]  # checksum and both lengths
    content[second + 42 : second + 46] = content[first + 42 : first + 46]  # where the bytes begin
    assert refused(bytes(content)).params["reason"] == "files that overlap inside"


@pytest.mark.parametrize(
    ("far", "code"), [("AAA1", "table.too_many_columns"), ("J1000000", "table.too_many_rows")]
)
def test_two_cells_far_apart_are_not_laid_out_in_memory(far: str, code: str) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "id"
    book.active[far] = 1
    assert refused(saved(book)).code == code


def test_a_cell_repeated_without_end_in_an_open_document() -> None:
    cell = (
        '<table:table-cell office:value-type="string" table:number-columns-repeated="250"><text:p>x</text:p>'
    )
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-cell></table:table-row>'
    assert refused(open_document(row)).code == "table.too_many_rows"


def test_archives_that_are_no_workbooks() -> None:
    assert refused(archive(readme=b"<a/>")).code == "table.not_a_table"
    whole = workbook(("id", "name"), (1, "a"))
    for length in (len(whole) // 3, len(whole) // 2, len(whole) - 30):
        assert refused(whole[:length]).code == "table.broken_workbook"


def test_an_archive_of_a_kind_that_is_not_known() -> None:
    content = bytearray(workbook(("id",), (1,)))
    content[content.index(b"PK\x01\x02") + 6] = 200  # the version of zip that it takes to unpack it
    assert refused(bytes(content)).code == "table.broken_workbook"


@given(st.binary(max_size=300))
def test_any_bytes_give_a_table_or_one_sentence(content: bytes) -> None:
    try:
        table = read_table(content)
    except InputError as error:
        assert error.code.startswith("table.") and "\n" not in error.sentence
    else:
        assert all(len(row.values) == len(table.headers) for row in table.rows)


@given(st.integers(0, 4000), st.binary(min_size=1, max_size=4))
def test_a_workbook_with_a_damaged_spot_is_read_or_refused(place: int, damage: bytes) -> None:
    whole = workbook(("id", "name"), (1, "Norrskenets Åkeri AB"))
    place = min(place, len(whole) - len(damage))
    damaged = whole[:place] + damage + whole[place + len(damage) :]
    try:
        read_table(damaged)
    except InputError as error:
        assert error.code.startswith("table.")


TITLED = (
    "Medlemsregister 2026;;;;\n;;;;\nOrganisation;;Kontakt;;\n"
    "Namn;Nummer;E-post;Telefon;Ort\nA;1;;;x\nB;2;b;3;y\nSumma;;;;\n"
)


@pytest.mark.parametrize("padded", [True, False])
def test_titles_above_the_headers_are_left_out(padded: bool) -> None:
    text = TITLED if padded else "\n".join(line.rstrip(";") for line in TITLED.splitlines()) + "\n"
    table = read_table(text.encode())
    assert table.headers == ("Namn", "Nummer", "E-post", "Telefon", "Ort")
    assert (table.header_row, table.separator) == (4, ";")
    assert [(row.number, row.values[0]) for row in table.rows] == [(5, "A"), (6, "B"), (7, "Summa")]


def test_one_row_that_is_too_wide_makes_no_title_of_the_headers() -> None:
    assert refused(b"a;b\n1;2\n3;4\n5;6;7;8;9\n").params["row"] == 4
    assert refused(b"a;b\n5;6;7;8;9\n").params["row"] == 2
    assert refused(b"a;b\n1;2\n5;x;7;8;9\n5;x;7;8;9\n").params["row"] == 3


def test_headers_with_gaps_are_headers() -> None:
    table = read_table(b"Namn;;Ort;;E-post\nA;1;x;2;a\nB;3;y;4;b\n")
    assert (table.header_row, len(table.rows)) == (1, 2)


def test_a_program_is_no_table() -> None:
    assert refused(b"MZ\x90\x00" + bytes(range(256)) * 8).code == "table.not_a_table"


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("column 0,column 1\n|,|\n|,|\n", ","),
        ("Rapport, 2024\na;b;c\n1;2;3\n4;5;6\n", ";"),
        ("Rapport\na;b;c\n1,5;2;3\n4,5;5;6\n", ";"),
    ],
)
def test_cells_and_titles_that_look_like_separators(text, separator):
    assert read_table(text.encode()).separator == separator
