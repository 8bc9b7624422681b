"""Whatever the file and the register before it: importing it twice is once, and undoing it is never."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.web.members import register
from tests.web.members.register import applied, everything, number, outcomes, tried

pytestmark = pytest.mark.django_db

HEADERS = (
    "Namn", "Organisationsnummer", "Sektor", "Ort", "Medlem från", "Styrelse", "Andra namn", "Status",
    "Medlem till", "Webbplats", "Kollektivavtal",
)  # fmt: skip
Cells = tuple[str, ...]
File = list[Cells]


def cells(name: str, org_nr: str = "", sector: str = "privat", place: str = "", **more: str) -> Cells:
    """A row; ``more`` is by the columns that are not named here, in small letters."""
    first = {"Namn": name, "Organisationsnummer": org_nr, "Sektor": sector, "Ort": place}
    return tuple(first.get(header, more.get(header.lower().replace(" ", "_"), "")) for header in HEADERS)


ONE, TWO, THREE = number(1), number(2), number(3)
NAMES = (
    "Eken AB", "Eken AB", "Aktiebolaget Eken", "Ekén", "Eken", "Linden", "Lindens Förening", "Lindens",
    "Alen HB", "Björken", "",
)  # fmt: skip
COLUMNS = (
    NAMES,
    ("", "", ONE, TWO, THREE, f"16{ONE}", f"{TWO[:6]}-{TWO[6:]}", "5560000002"),
    ("privat", "privat", "ideell", "offentlig", "", "månen"),
    ("", "", "Kiruna", "KIRUNA", "Luleå"),
    ("", "", "2020-02-01", "2021-03-01", "20-01-01"),
    ("", "", "Bo Ek, vd", "Bo Ek, vd; Ann Alm", "Bo Ek, hästskötare"),
    ("", "", "", "Eken", "Eken AB", "Linden; Alen HB", "Björken"),
    ("", "", "", "aktiv", "vilande", "avslutad"),
    ("", "", "", "2020-01-01", "2023-06-30"),
    ("", "", "", "www.eken.example", "https://linden.example"),
    ("", "", "", "ja", "nej"),
)
rows = st.tuples(*map(st.sampled_from, COLUMNS)).filter(any)
files = st.lists(rows, min_size=1, max_size=6)

EARLIER: File = [cells("Linden", THREE)]
# Each broke the law once: what was in the register, then the file.
BROKE: tuple[tuple[File, File], ...] = (
    (
        [cells("Eken AB", place="Kiruna")],
        [
            cells("Eken AB", place="Kiruna"),
            cells("Eken AB", ONE),
            cells("Eken AB", ONE, "ideell", "Luleå"),
        ],
    ),
    (
        [cells("Eken AB", ONE, place="Luleå")],
        [
            cells("Linden", THREE, "", "Luleå", medlem_från="2020-02-01"),
            cells("Linden", place="Luleå", medlem_från="2020-02-01"),
            cells("Linden", TWO),
        ],
    ),
    (
        EARLIER,
        [
            cells("Eken"),
            cells("Eken", ONE, "", "Kiruna"),
            cells("Alen HB", ONE),
            cells("Eken AB", "", "", "Luleå"),
        ],
    ),
    (
        [cells("Lindens Förening", TWO)],
        [
            cells("Eken AB", TWO, "", "KIRUNA"),
            cells("Alen HB", TWO, "", "KIRUNA"),
            cells("Ekén", "", "", "Luleå"),
        ],
    ),
    (
        [cells("Björken", ONE, andra_namn="Lindens"), cells("Lindens", TWO, "ideell")],
        [cells("Björken", "", ""), cells("Eken AB", ONE, ""), cells("Björken", TWO, "")],
    ),
    (EARLIER, [cells("Ekén", "", ""), cells("Björken", andra_namn="Eken")]),
    (
        [cells("Eken", "", "ideell", "Luleå")],
        [cells("Eken", "", "ideell", "KIRUNA"), cells("Eken", "", ""), cells("Ekén", "", "", "Luleå")],
    ),
    ([cells("Björken", ONE, "ideell")], [cells("Lindens", "", "", "KIRUNA"), cells("Lindens", ONE, "")]),
    (
        [cells("Alen HB", THREE, "ideell")],
        [cells("Ekén", THREE, "", "Kiruna"), cells("Alen HB", "", "ideell", "Luleå")],
    ),
)


Law = Callable[["AnyFile", File, File], None]


def what_broke(law: Law) -> Law:
    """Each of BROKE as an example that is always tried."""
    for first, second in BROKE:
        law = example(first, second)(law)
    return law


class AnyFile(TestCase):
    """Searched at random at each run; what breaks is kept in BROKE."""

    @what_broke
    @given(files, files)
    @settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_twice_is_once_and_undone_is_never(self, first: File, second: File) -> None:
        applied(first, HEADERS)
        before = everything()
        found = applied(second, HEADERS)
        after = everything()
        again = applied(second, HEADERS)
        assert everything() == after
        assert not {"new", "updated"} & set(outcomes(again))
        assert register.undo(found) == []
        assert everything() == before


def test_rows_that_may_mean_the_same_are_refused_together_and_no_others() -> None:
    applied([cells("Alen HB", ONE)])
    file = [cells("Ekén", ONE, place="Kiruna"), cells("Alen HB", place="Luleå"), cells("Björken", TWO)]
    found = tried(file, HEADERS)
    assert outcomes(found) == ["refused", "refused", "new"]
    sentence = "Det går inte att avgöra vilka av raderna 2, 3 som gäller samma organisation."
    assert all(each.sentences[0].startswith(sentence) for each in found.rows.filter(outcome="refused"))
