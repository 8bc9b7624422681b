"""Letters as PDF: one file that lasts (PDF/A-3a) and that everybody can read (PDF/UA-1)."""

from __future__ import annotations

import re
import time
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from tests.web.letters.post import letter

from pakten.core.theme import theme
from pakten.letters import signs
from pakten.letters.content import DecisionBlock, Enclosed, Facts, Heading, Numbered, Signer
from pakten.letters.pdf import LONGEST, render_pdf
from pakten.letters.refusals import LettersRefused


def read(**more: Any) -> PdfReader:
    return PdfReader(BytesIO(render_pdf(letter(**more))))


def text_of(reader: PdfReader) -> str:
    """All words of all pages, without the breaks that the layout puts in."""
    return "".join("".join(page.extract_text() for page in reader.pages).replace("\u200b", "").split())


def test_it_is_both_pdf_a_3a_and_pdf_ua_1() -> None:
    reader = read()
    root = reader.trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in metadata
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert root["/Lang"] == "sv"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata and reader.metadata.title == "Beslut om medlemskap"
    assert root["/OutputIntents"]


def tags(node: Any) -> list[str]:
    found = [str(node["/S"])] if "/S" in node else []
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        kid = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(kid, "get"):
            found += tags(kid)
    return found


def test_its_parts_are_tagged_for_a_screen_reader() -> None:
    found = tags(read().trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= set(found)
    assert found.count("/H1") == 1


def test_every_part_of_the_letter_is_there_in_words() -> None:
    text = text_of(read())
    expected = [
        theme().city, "Beslut", "24 maj 2022", "AMN 2022/0042", "Norrskenets Åkeri AB", "123 45 Norrköping",
        "Beslut om medlemskap", "Hej!", "Privat näringsliv", "Det här händer nu", "Ni får en inbjudan.",
        "Organisationen blir medlem.", "Inget talar emot det.", "punkt 7.3", "På nämndens vägnar",
        "Detta dokument har godkänts digitalt av Cecilia Chefsdotter, enhetschef, den 24 maj 2022.",
        "Bilagor", "Nätverkets mål", "Hanna Handläggarsson", "Sida 1 (1)",
    ]  # fmt: skip
    assert not [words for words in expected if "".join(words.split()) not in text]


def test_the_same_content_gives_the_same_bytes() -> None:
    assert render_pdf(letter()) == render_pdf(letter())


def test_all_fonts_are_inside_the_file() -> None:
    fonts = [font for page in read().pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
        assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_files_lie_inside_it() -> None:
    receipt = Enclosed("kvitto.json", b'{"a": 1}', "application/json", "Kvitto")
    table = Enclosed("../kvitto.json", b"\x00\xff binary", "application/octet-stream")
    reader = read(enclosed=(receipt, table))
    assert {name: data[0] for name, data in reader.attachments.items()} == {
        "kvitto.json": b'{"a": 1}',
        "2-kvitto.json": b"\x00\xff binary",
    }
    assert reader.trailer["/Root"]["/AF"], "PDF/A-3 says how each file belongs to the letter"


NAUGHTY = [
    '#sys.inputs', '#read("/etc/passwd")', "$x^2$", "\\", "@key <label>", '"', "`raw`", "*_=+-/ // /* */ ]",
    "#[", "#{", '#import "@preview/cetz:0.3.0"', "<script>", "{{ 7*7 }}", "Åäö", "Привіт", "a\u0301", "http://x",
]  # fmt: skip


@pytest.mark.parametrize("naughty", NAUGHTY)
def test_content_is_never_code(naughty: str) -> None:
    """What would be code in a template is words in a letter, in every field."""
    reader = read(
        title=f"T{naughty}",
        registry_no=naughty,
        recipient=(naughty,),
        blocks=(naughty, Heading(naughty), Numbered((naughty,)), Facts(((naughty, naughty),))),
        decision=DecisionBlock(naughty, (naughty,), naughty, naughty),
        signers=(Signer(naughty, naughty),),
        contact=naughty,
        attachments=(naughty,),
    )
    text = text_of(reader)
    seen = "".join(signs.plain(naughty).split())
    assert text.count(seen) >= 12
    assert "root:" not in text


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("中文 AB", "ZhongWenAB"),
        ("😀 hej", ":grinning:hej"),
        ("a\u202eb\u202c\u200d\ufeff\x00\x07c", "abc"),
        ("\ud83dx", "?x"),
        ("👩‍👩‍👧‍👦", ":woman::woman::girl::boy:"),
    ],
)
def test_strange_signs_come_out_readable(written: str, seen: str) -> None:
    assert seen in text_of(read(blocks=(written,)))


@pytest.mark.parametrize("written", ["שלום", "مرحبا بالعالم", "Z̴̡̛a̶l̷g̴o̵", "ﷺ" * 50, "☃ ✓", "\u2028\u2029", ""])
def test_other_scripts_make_a_whole_file(written: str) -> None:
    assert "pdfuaid:part>1" in read(blocks=(written,)).trailer["/Root"]["/Metadata"].get_data().decode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.text(max_size=80))
def test_any_text_at_all_makes_a_letter(body: str, title: str) -> None:
    blocks = (f"början {body} slutet", title, Heading(title), Facts(((title, title),)))
    reader = read(title=title, blocks=blocks, registry_no=title)
    text = text_of(reader)
    assert "början" in text and "slutet" in text
    signs_left = iter(text)
    assert all(sign in signs_left for sign in re.findall(r"[A-Za-z0-9]", title)), "in their order"


def test_long_words_stay_within_the_page() -> None:
    reader = read(title="W" * 300, blocks=("W" * 300,), recipient=("W" * 100,))
    edge = float(reader.pages[0].mediabox.right)
    ends: list[float] = []

    def note(text: str, _cm: Any, tm: list[float], _font: Any, size: float) -> None:
        ends.append(tm[4])

    reader.pages[0].extract_text(visitor_text=note)
    assert max(ends) < edge


def test_a_word_of_ten_thousand_signs_comes_out_whole() -> None:
    assert text_of(read(blocks=("x" * 10_000,))).count("x") >= 10_000


def test_a_letter_without_end_is_refused_in_a_sentence() -> None:
    with pytest.raises(LettersRefused, match="för långt"):
        render_pdf(letter(blocks=("a " * LONGEST,)))


def test_the_longest_letter_is_made_within_seconds() -> None:
    started = time.monotonic()
    render_pdf(letter(blocks=tuple("Ett ord till. " * 20 for _ in range(900))))
    assert time.monotonic() - started < 20, "a bound against hanging, not a measure"


def test_an_empty_letter_still_has_a_title() -> None:
    reader = read(title=" ", blocks=(), decision=None, signers=(), recipient=(), contact="", attachments=())
    assert reader.metadata and reader.metadata.title == "Beslut"


def test_a_language_without_words_is_no_letter() -> None:
    with pytest.raises(ValueError, match="tlh"):
        render_pdf(letter(language="tlh"))
