"""What is written can be read again, by people, machines and spreadsheets, and runs in none of them."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vandel.errors import InputError
from vandel.registers.cell_text import harmless
from vandel.registers.table import read_table
from vandel.registers.table_write import Form, write_table
from vandel.registers.whole_file import whole_files

# What a cell can hold once the space around it is gone: no control characters, no halves of characters.
text = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)
grids = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(text, min_size=width, max_size=width).filter(any), max_size=6).map(
        lambda rows: (tuple(f"column {number}" for number in range(width)), rows)
    )
)


def written(form: Form, headers: tuple[str, ...], rows: list[list[object]]) -> bytes:
    stream = io.BytesIO()
    assert write_table(stream, headers=headers, rows=rows, form=form) == len(rows)
    return stream.getvalue()


@pytest.mark.parametrize("form", [Form.CSV, Form.CSV_FOR_PEOPLE])
@given(grid=grids)
def test_csv_comes_back_as_it_went(form: Form, grid: tuple[tuple[str, ...], list[list[str]]]) -> None:
    headers, rows = grid
    table = read_table(written(form, headers, rows))
    assert table.headers == headers
    assert [row.values for row in table.rows] == [tuple(map(harmless, row)) for row in rows]


@settings(max_examples=30)
@given(grid=grids)
def test_a_workbook_comes_back_as_it_went(grid: tuple[tuple[str, ...], list[list[str]]]) -> None:
    headers, rows = grid
    table = read_table(written(Form.XLSX, headers, rows))
    assert table.headers == headers
    assert [row.values for row in table.rows] == [tuple(row) for row in rows]


@given(grid=grids)
def test_json_lines_hold_every_value_as_it_is(grid: tuple[tuple[str, ...], list[list[str]]]) -> None:
    headers, rows = grid
    lines = written(Form.JSON_LINES, headers, rows).decode().split("\n")[:-1]
    assert [json.loads(line) for line in lines] == [dict(zip(headers, row, strict=True)) for row in rows]


def test_csv_for_people_and_for_machines() -> None:
    rows = [["Åkeri; AB", 0.5, 3, date(2022, 5, 24), None, True]]
    headers = ("name", "share", "count", "date", "none", "yes")
    assert written(Form.CSV_FOR_PEOPLE, headers, rows) == (
        '\ufeffname;share;count;date;none;yes\r\n"Åkeri; AB";0,5;3;2022-05-24;;TRUE\r\n'.encode()
    )
    assert written(Form.CSV, headers, rows) == (
        "name,share,count,date,none,yes\r\nÅkeri; AB,0.5,3,2022-05-24,,TRUE\r\n".encode()
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    rows: list[list[object]] = [[f"{start}cmd|' /C calc'!A0"]]
    for form in (Form.CSV, Form.CSV_FOR_PEOPLE):
        assert f"'{start}cmd" in written(form, ("a",), rows).decode("utf-8-sig")
    cell = openpyxl.load_workbook(io.BytesIO(written(Form.XLSX, ("a",), rows))).active["A2"]
    assert cell.data_type == "s" and cell.quotePrefix


def test_numbers_below_zero_are_numbers() -> None:
    assert written(Form.CSV, ("a",), [[-1.5]]).endswith(b"\r\n-1.5\r\n")


def test_a_workbook_s_columns_are_typed() -> None:
    rows: list[list[object]] = [["5599000014", 0.5, date(2022, 5, 24)]]
    sheet = openpyxl.load_workbook(io.BytesIO(written(Form.XLSX, ("orgnr", "share", "date"), rows))).active
    number, share, day = sheet["A2"], sheet["B2"], sheet["C2"]
    assert (number.value, number.data_type, number.number_format) == ("5599000014", "s", "@")
    assert (share.value, share.data_type) == (0.5, "n")
    assert day.is_date and sheet.freeze_panes == "A2"


def test_a_workbook_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vandel.registers.table_write._XLSX_ROWS", 2)
    with pytest.raises(InputError) as caught:
        write_table(io.BytesIO(), headers=("a",), rows=[["1"], ["2"], ["3"]], form=Form.XLSX)
    assert caught.value.params == {"limit": 2}


def test_what_no_file_can_hold_is_replaced() -> None:
    rows: list[list[object]] = [["a\x00b\ud800c"]]
    for form in (Form.CSV, Form.XLSX):
        assert read_table(written(form, ("a",), rows)).rows[0].values == ("a\ufffdb\ufffdc",)
    assert written(Form.JSON_LINES, ("a",), rows)


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_text("the old one")

    def rows() -> list[list[str]]:
        yield ["1"]
        raise RuntimeError("the light went out")

    with pytest.raises(RuntimeError):
        write_table(target, headers=("a",), rows=rows(), form=Form.CSV)
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"] and target.read_text() == "the old one"
    write_table(target, headers=("a",), rows=[["1"]], form=Form.CSV)
    assert target.read_bytes() == b"a\r\n1\r\n"


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    for target, code in (
        (tmp_path / "no" / "out.csv", "output.unwritable"),
        (tmp_path, "output.is_a_folder"),
    ):
        with pytest.raises(InputError) as caught, whole_files(target):
            pass
        assert caught.value.code == code
