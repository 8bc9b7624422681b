"""Every refusal of the engine has its Swedish sentence."""

from __future__ import annotations

from itertools import groupby

import pytest
from tests.web.core.codes import refusals

from pakten.core.missing import fill_in
from pakten.core.sentences import OBJECTIONS, SENTENCES, fields, in_swedish
from vandel.errors import InputError

REFUSALS = refusals()
CODES = {
    code: list(found) for code, found in groupby(sorted(REFUSALS, key=lambda r: r.code), lambda r: r.code)
}


@pytest.mark.parametrize("code", CODES)
def test_every_raised_refusal_finds_a_sentence_with_its_parameters(code: str) -> None:
    for raised in CODES[code]:
        fitting = [s for s in SENTENCES.get(code, ()) if fields(s) <= raised.params]
        assert fitting, f"{raised.where} raises {code} with {sorted(raised.params)}: no Swedish sentence fits"


def test_no_sentence_is_left_over() -> None:
    assert SENTENCES.keys() <= CODES.keys()


@pytest.mark.parametrize("sentence", [s for some in SENTENCES.values() for s in some])
def test_sentences_are_plain(sentence: str) -> None:
    assert sentence[0].isupper() or sentence[0] in "”{"
    assert sentence.endswith(".")
    for word in ("träff", "screening", "svartlist", "score", "risk", "hantera", "avseende", "erhålla"):
        assert word not in sentence.lower()


@pytest.mark.parametrize(
    ("label", "sentence"),
    [("Ort", "Fyll i ort."), ("I vilken källa?", "Svara på frågan ”I vilken källa?”.")],
)
def test_an_empty_field_is_told_of_in_a_whole_sentence(label: str, sentence: str) -> None:
    assert fill_in(label) == sentence


def test_numbers_are_written_as_on_our_pages() -> None:
    error = InputError("table.too_large", "the file has ...", length=31_400_000, limit=20_000_000)
    assert in_swedish(error) == "Filen är för stor (31,4\u00a0MB). Gränsen är 20,0\u00a0MB."


def test_several_values_are_listed() -> None:
    error = InputError("table.duplicate_header", "more than one", names=("Namn", "Ort"))
    assert in_swedish(error) == "Två kolumner har samma rubrik: ”Namn” och ”Ort”. Ge dem olika rubriker."


def test_a_held_list_says_why_once() -> None:
    reasons = [{"code": "shrunk", "sentence": "a"}, {"code": "shrunk", "sentence": "b"}, {"code": "renamed"}]
    said = in_swedish(InputError("lists.held", "held", reasons=reasons, summary=""))
    assert said.count(OBJECTIONS["shrunk"]) == 1
    assert OBJECTIONS["renamed"] in said


def test_an_unknown_code_is_named() -> None:
    assert "lists.new_thing" in in_swedish(InputError("lists.new_thing", "new"))
