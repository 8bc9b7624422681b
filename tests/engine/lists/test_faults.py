"""The fault table: whatever a file can have wrong, it is refused in one line and the old edition stays."""

import gzip
import os
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from tests.engine.lists import eu_sample

from vandel.lists import Deadline, EditionStore, Limits, ListHeld, ListRefused, read

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LIST = "pakten-demo"
GOOD = eu_sample.xml(eu_sample.entries(400))
PIECE = 64 * 1024


def bomb_of_laughs(depth=9):
    lols = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    return (
        f'<?xml version="1.0"?><!DOCTYPE export [<!ENTITY l0 "lol">{lols}]><export>&l{depth - 1};</export>'
    ).encode()


def with_doctype(inside):
    return f'<?xml version="1.0"?><!DOCTYPE export {inside}><export xmlns="{eu_sample.NAMESPACE}"/>'.encode()


def zipped(name, data, level=9):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def in_export(inside):
    return f'<export xmlns="{eu_sample.NAMESPACE}">{inside}</export>'.encode()


FAULTS = {
    "nothing": (b"", "lists.empty"),
    "blanks": (b" \n\n ", "lists.unknown_format"),
    "html": (b"<!DOCTYPE html><html><body>503</body></html>", "lists.html"),
    "html after blanks": (b"\xef\xbb\xbf \n<HTML><head></head></HTML>", "lists.html"),
    "empty xml": (b'<?xml version="1.0"?>', "lists.truncated"),
    "empty root": (in_export(""), "lists.no_entries"),
    "wrong root": (GOOD.replace(b"export", b"import"), "lists.wrong_root"),
    "wrong namespace": (GOOD.replace(b"/fsd/export", b"/fsd/other"), "lists.wrong_root"),
    "two roots": (GOOD + b"<export/>", "lists.broken_xml"),
    "not well-formed": (GOOD.replace(b"</sanctionEntity>", b"</sanction>", 1), "lists.broken_xml"),
    "wrong encoding": (GOOD.decode().encode("utf-16"), "lists.broken_xml"),
    "unknown encoding": (GOOD.replace(b"UTF-8", b"UTF-9", 1), "lists.encoding"),
    "not utf-8": (GOOD.replace("Å".encode(), b"\xc5", 3), "lists.broken_xml"),
    "zero bytes": (b"abc\x00\x00;def", "lists.unknown_format"),
    "billion laughs": (bomb_of_laughs(), "lists.doctype"),
    "quadratic blow-up": (with_doctype(f'[<!ENTITY a "{"a" * 50_000}">]'), "lists.doctype"),
    "external entity": (with_doctype('[<!ENTITY x SYSTEM "file:///etc/passwd">]'), "lists.doctype"),
    "external dtd": (with_doctype('SYSTEM "http://127.0.0.1:9/x.dtd"'), "lists.doctype"),
    "parameter entity": (with_doctype('[<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]'), "lists.doctype"),
    "undefined entity": (in_export("<sanctionEntity>&x;</sanctionEntity>"), "lists.broken_xml"),
    "deep nesting": (in_export("<a>" * 100_000 + "</a>" * 100_000), "lists.too_deep"),
    "long attribute": (
        in_export(f'<sanctionEntity logicalId="{"1" * 70_000}"/>'),
        "lists.attribute_too_long",
    ),
    "token without end": (in_export("")[:-9] + b"<a b='" + b"x" * (2 << 20), "lists.token_too_long"),
    "no id": (in_export("<sanctionEntity/>"), "lists.no_id"),
    "gzip": (gzip.compress(GOOD), "lists.unknown_format"),
    "zip bomb": (zipped("a.csv", b"0" * (64 << 20)), "lists.archive_bomb"),
    "zip in zip": (zipped("a.zip", zipped("b.csv", b"x")), "lists.archive_nested"),
    "zip slip": (zipped("../../a.csv", b"celex,\n"), "lists.archive_path"),
    "empty zip": (zipped("a/", b""), "lists.empty"),
    "cut zip": (zipped("a.xml", GOOD)[:-100], "lists.broken_archive"),
    "no text": (os.urandom(2048).replace(b"<", b"").replace(b"{", b"") + b"\x00", "lists.unknown_format"),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store with an edition in force, which no fault may touch."""
    store = EditionStore(tmp_path_factory.mktemp("store"))
    path = tmp_path_factory.mktemp("file") / "good.xml"
    path.write_bytes(GOOD)
    store.switch(LIST, store.accept(LIST, path, fetched_at=NOW).edition_id)
    return store


def refused(store, path, *, reason=None):
    before = (store.in_force(LIST), store.editions(LIST))
    with pytest.raises(ListRefused) as caught:
        store.accept(LIST, path, fetched_at=NOW, override_reason=reason)
    assert (store.in_force(LIST), store.editions(LIST)) == before
    assert "\n" not in caught.value.sentence
    assert len(caught.value.sentence) < 400
    return caught.value


@pytest.mark.parametrize("name", FAULTS)
def test_fault(store, tmp_path, name):
    data, code = FAULTS[name]
    path = tmp_path / "fetched"
    path.write_bytes(data)
    assert refused(store, path, reason="en människa vill ändå").code == code


def test_cut_at_every_64_kib(store, tmp_path):
    path = tmp_path / "fetched.xml"
    cuts = range(PIECE, len(GOOD), PIECE)
    assert len(cuts) > 8
    for cut in cuts:
        path.write_bytes(GOOD[:cut])
        assert refused(store, path, reason="en människa vill ändå").code == "lists.truncated"


def test_tables_cut_in_the_middle_of_a_row(tmp_path):
    path = tmp_path / "sdn.csv"
    row = '{0},"BRUMIR {0}",-0- ,"HP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"Påhittad"\r\n'
    data = "".join(row.format(number) for number in range(1, 50)).encode()
    whole_rows = 0
    for cut in range(len(data) - 60, len(data)):
        path.write_bytes(data[:cut])
        try:
            read(path, list_id="us-ofac-sdn")
            # Cut between two rows: against that stand the counts and the server's length.
            assert data[:cut].endswith(b"\n")
            whole_rows += 1
        except ListRefused as error:
            assert error.code in ("lists.truncated", "lists.row_width")
    assert whole_rows <= 1


def test_thirty_per_cent_fewer_is_held(store, tmp_path):
    path = tmp_path / "fetched.xml"
    path.write_bytes(eu_sample.xml(eu_sample.entries(280)))
    error = refused(store, path)
    assert isinstance(error, ListHeld)
    assert "280 entries where the last edition had 400" in error.sentence


def test_folders_and_what_is_no_file(store, tmp_path):
    assert refused(store, tmp_path / "nothing").code == "lists.missing_file"
    (tmp_path / "empty").mkdir()
    assert refused(store, tmp_path / "empty").code == "lists.empty"
    os.mkfifo(tmp_path / "pipe")
    assert refused(store, tmp_path / "pipe").code == "lists.not_a_file"


def test_an_archive_that_lies_about_its_sizes(tmp_path):
    data = zipped("a.csv", b"celex," * 3000)
    # The length before packing stands as four bytes in the member's header and in the table of contents.
    lie = data.replace((18_000).to_bytes(4, "little"), (60).to_bytes(4, "little"))
    assert lie != data
    path = tmp_path / "x.zip"
    path.write_bytes(lie)
    with pytest.raises(ListRefused) as caught:
        read(path, list_id="eu-journal")
    assert caught.value.code == "lists.broken_archive"


def test_the_number_of_files_is_bounded(tmp_path):
    for number in range(6):
        (tmp_path / f"{number}.csv").write_text("celex,\n")
    with pytest.raises(ListRefused) as caught:
        read(tmp_path, list_id="eu-journal", limits=Limits(files=5))
    assert caught.value.code == "lists.too_many_files"


def test_time_is_bounded(tmp_path):
    path = tmp_path / "x.xml"
    path.write_bytes(GOOD)
    ticking = iter(range(1000))
    with pytest.raises(ListRefused) as caught:
        read(path, list_id=LIST, deadline=Deadline(5, lambda: float(next(ticking))))
    assert caught.value.code == "lists.too_slow"


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_bytes=1000), "lists.too_large"),
        (Limits(elements=500), "lists.too_many_elements"),
        (Limits(record_elements=5), "lists.too_many_elements"),
        (Limits(depth=2), "lists.too_deep"),
    ],
)
def test_size_is_bounded(tmp_path, limits, code):
    path = tmp_path / "x.xml"
    path.write_bytes(GOOD)
    with pytest.raises(ListRefused) as caught:
        read(path, list_id=LIST, limits=limits)
    assert caught.value.code == code


def test_rows_are_bounded(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "1", "schema": "Company", "properties": {"name": ["Brumir"]}}\n' * 30)
    table = tmp_path / "sdn.csv"
    table.write_text('1,"B",-0- ,"HP",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \n' * 30)
    for file in (path, table):
        with pytest.raises(ListRefused) as caught:
            read(file, list_id="x", limits=Limits(rows=20))
        assert caught.value.code == "lists.too_many_rows"


SHEET = """<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<sheetData>
<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>
</sheetData></worksheet>"""


def test_a_sheet_of_two_cells_in_opposite_corners_is_not_laid_out(tmp_path):
    import openpyxl

    path, small = tmp_path / "x.xlsx", BytesIO()
    openpyxl.Workbook().save(small)
    with zipfile.ZipFile(small) as source, zipfile.ZipFile(path, "w") as target:
        for info in source.infolist():
            data = SHEET.encode() if info.filename == "xl/worksheets/sheet1.xml" else source.read(info)
            target.writestr(info.filename, data)
    with pytest.raises(ListRefused) as caught:
        read(path, list_id="uk-ofsi")
    assert caught.value.code == "lists.too_many_rows"


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("celex,recordId,programKey,annex,measure,startDate,reason,schema,name", "lists.missing_column"),
        (
            "celex,recordId,programKey,annex,measure,startDate,schema,name,alias,name",
            "lists.duplicate_column",
        ),
    ],
)
def test_headers_of_tables(tmp_path, header, code):
    path = tmp_path / "x.csv"
    path.write_text(header + "\n" + "a," * header.count(",") + "a\n")
    with pytest.raises(ListRefused) as caught:
        read(path, list_id="eu-journal")
    assert caught.value.code == code
