"""A sheet is one page, whatever stands on it: what does not fit is counted, and lies in the file inside."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from pakten.checks.basic.items import CHECK_LISTS
from pakten.organisations.models import Sector
from pakten.sheets.brief import ROOMS, brief, clip
from pakten.sheets.pdf import CONTENT, content_bytes, render
from pakten.sheets.shown import in_groups
from pakten.sheets.values import (
    ComparedLine,
    DeviationLine,
    EditionLine,
    Gathered,
    ItemLine,
    JudgementLine,
    LikenessLine,
    ReceiptLine,
    RegisterLine,
    SheetContent,
    StatementLine,
    Versions,
    VisitPart,
)
from vandel.evidence import sha256_hex

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
WHO = "Hanna Handläggarsson, handläggare"
LEAST = 6.0  # points
SHA = "0123456789abcdef" * 4
CUT = "Bladetärförkortat."
# What stands where rows of a list are left to the file: "och 3 till", or the name of a list with none here.
LEFT = re.compile(r"(och\d+till|:\d+),sebilagan")
TOO_MANY_MARKS = "fleränsomfårplatshär"
# As long as the fields of a mark allow.
_RULE, _NAME = "1 § första stycket och punkt " * 3, "Nämnden i den påhittade staden " * 6
LONG_MARKS = tuple(f"OSL {n}:{_RULE}, 2026-11-20, {_NAME}slut{n}." for n in range(9))


def item(title: str, **more: Any) -> ItemLine:
    values = {
        "result": "ok", "label": "Inget att anmärka", "source": "Påhittat register", "where": "", "at": AT,
        "seen": "Namn, adress och form stämmer med ansökan.", "by": WHO, "holds_until": "2027-11-20",
    } | more  # fmt: skip
    return ItemLine(title=title, **values)


def edition(number: int) -> EditionLine:
    dated = "2026-11-19T06:00:00+00:00"
    return EditionLine(
        f"Påhittad lista {number}", f"e{number}", True, False, 8123, "2026-11-19", dated, dated, SHA
    )


def likeness(number: int, *, words: str = "En annan födelsedag och ett annat land.") -> LikenessLine:
    judged = JudgementLine("Bedömning: En annan", words, WHO, AT, "Cecilia Chefsson, chef", AT)
    return LikenessLine(
        f"Bo Påhitt {number}", "Person", f"Bo Pahitt {number}", "Påhittad lista 1", True, 0.93, "En annan",
        (judged,),
    )  # fmt: skip


def deviation(number: int, *, words: str = "Sidan säljer något annat än i ansökan.") -> DeviationLine:
    return DeviationLine(
        number=f"AMN 2026/0020-{number}", what=f"Besök på webbplatsen: {words}",
        where="Webbplatsen, https://exempel.example/om", seen=words, seen_at=AT, seriousness="betydande",
        state="avvikelse", comment=f"2026-11-20: {words}", assessment=words, decision="",
        follow_up="2027-01-15",
    )  # fmt: skip


def statement(number: int) -> StatementLine:
    return StatementLine(
        "Verksamhet i Ryssland", f"Vi har tre kontor {number}.", "https://exempel.example/, tecken 9",
        f"Ingen avvikelse, {WHO}: Sidan gäller 2019.",
    )  # fmt: skip


def register(number: int) -> RegisterLine:
    return RegisterLine(
        f"Påhittat register {number}", "found", "Svarade",
        "Namn: Björkvikens Snickeri AB. Form: aktiebolag. Säte: Stockholm.", AT, "register.csv", SHA,
    )  # fmt: skip


def ordinary() -> SheetContent:
    """Each item of a company, five names, five lists, two judged, a visit, registers, a deviation."""
    items = [item(each.title) for each in CHECK_LISTS[-1].items_for(Sector.PRIVATE)]
    unknown = {"result": "could_not_check", "label": "Gick inte att kontrollera"}
    seen = "Inget register som vi frågar svarar på det. Titta själv om du har tillgång till ett."
    items[4:7] = [item(each.title, seen=seen, **unknown) for each in items[4:7]]
    items[-2] = item(items[-2].title, result="deviation", label="Avvikelse", seen="Sidan säljer annat.")
    roles = ("styrelseledamot", "firmatecknare")
    return SheetContent(
        kind="basic", title="Checklista för en ansökan", organisation_id="x", number="556000-0000",
        organisation="Björkvikens Snickeri AB", sector="privat näringsliv", case="AMN 2026/0020",
        made_at=AT, by=WHO, as_of=AT, result="", result_label="", result_at_run="",
        standing=("Inget att anmärka: 9. Avvikelse: 1. Gick inte att kontrollera: 3.", "Ansökan."),
        versions=Versions("0.1.0", "control-3/names-3", 0.7, "grund-2"),
        items=tuple(items),
        editions=tuple(edition(number) for number in range(5)),
        compared=tuple(ComparedLine(f"Bo Påhitt {n}", "Person", roles, "met", "Uppfyllt") for n in range(5)),
        likenesses=(likeness(1), likeness(2)),
        visit=VisitPart(
            "Systemet läste 3 sidor.", True, "A: Organisationens nummer står där", "https://exempel.example/",
            AT, "systemet", SHA, (statement(1),), ("3 ställen till är lästa och kräver ingen bedömning.",),
        ),
        registers=(register(1), register(2)),
        deviations=(deviation(2),),
        unchecked=(f"{items[4].title}: {seen}", "Vi känner inte till några ägare."),
        receipts=(ReceiptLine("kvitto.json", "Kvitto på jämförelsen", SHA),),
    )  # fmt: skip


def pieces(reader: PdfReader) -> list[tuple[float, str]]:
    """Each run of text on the pages, with the size of its type in points."""
    found: list[tuple[float, str]] = []

    def see(text: str, seen: list[float], placed: list[float], _font: Any, size: float) -> None:
        if text.strip():
            found.append((abs(size * placed[3] * seen[3]), text))

    for page in reader.pages:
        page.extract_text(visitor_text=see)
    return found


def sizes(reader: PdfReader) -> set[float]:
    return {round(size, 2) for size, _text in pieces(reader)}


def drawn(content: SheetContent) -> tuple[PdfReader, str]:
    reader = PdfReader(BytesIO(render(Gathered(content, (b"{}",)))))
    text = "".join(page.extract_text() for page in reader.pages).replace("\u200b", "")
    return reader, "".join(text.split())


def test_the_ordinary_one_is_one_page_with_every_row() -> None:
    content = ordinary()
    reader, text = drawn(content)
    assert len(reader.pages) == 1
    assert not LEFT.search(text) and "sebilagan" not in text, "nothing of the lists is left out"
    told = [line.title for line in content.items] + [line.name for line in content.compared]
    told += [line.title for line in content.editions] + [line.register for line in content.registers]
    told += [line.seen for line in content.items] + [content.deviations[0].comment]
    told += [line.judgements[0].reason for line in content.likenesses]
    assert not [words for words in told if "".join(words.split()) not in text]


def overloaded(number: int, *, words: str, marks: tuple[str, ...]) -> SheetContent:
    """More of everything than a page holds."""
    return replace(
        ordinary(),
        organisation="Björkvikens Snickeri AB " * 8,
        standing=(words,) * 9,
        items=tuple(replace(line, seen=words, where=words) for line in ordinary().items),
        editions=tuple(edition(n) for n in range(number)),
        compared=tuple(
            ComparedLine(f"Bo {n} {words}", "Person", (), "met", "Uppfyllt") for n in range(number)
        ),
        likenesses=tuple(likeness(n, words=words) for n in range(number)),
        visit=replace(ordinary().visit, statements=tuple(statement(n) for n in range(number))),  # type: ignore[type-var]
        registers=tuple(replace(register(n), said=words) for n in range(number)),
        deviations=tuple(deviation(n, words=words) for n in range(number)),
        unchecked=tuple(f"{n} {words}" for n in range(number)),
        marks=marks,
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [(150, "Kort."), (12, "Ett ord och ett till. " * 200), (30, "x" * 3000), (12, "Rad.\n" * 300)],
    ids=["rows", "words", "one long word", "lines"],
)
def test_what_is_too_much_is_one_page_too(number: int, words: str) -> None:
    """The rows left to the file are counted; no item of the check list and no secrecy mark is one of them."""
    content = overloaded(number, words=words, marks=LONG_MARKS)
    reader, text = drawn(content)
    assert len(reader.pages) == 1
    assert LEFT.search(text) and CUT in text
    assert not [line.title for line in content.items if "".join(line.title.split()) not in text]
    assert not [mark for mark in LONG_MARKS if "".join(mark.split()) not in text]
    assert min(sizes(reader)) >= LEAST, "each letter can be read on paper"
    inside = reader.attachments[CONTENT][0]
    assert inside == content_bytes(content), "the whole lies in the file"
    assert len(json.loads(inside)["compared"]) == number


def test_more_marks_than_a_page_holds_are_told_of() -> None:
    """None is hidden behind another: the page sends its reader to the file."""
    content = replace(ordinary(), marks=tuple(f"OSL {n}:1, {'Påhittad nämnd ' * 9}" for n in range(150)))
    reader, text = drawn(content)
    assert len(reader.pages) == 1
    assert f"Sekretessmarkeringiärendet:150stycken,{TOO_MANY_MARKS}" in text and CUT in text


def test_the_digest_that_people_compare_is_the_size_of_the_text() -> None:
    content = ordinary()
    digest = in_groups(sha256_hex(content_bytes(content)))
    reader, _text = drawn(content)
    assert max(size for size, words in pieces(reader) if digest[:8] in words) >= 7.5
    assert min(sizes(reader)) >= LEAST


def test_a_row_that_matters_more_stays() -> None:
    """Who is not cleared stays before who is, and an open deviation before a closed one."""
    rows = [ComparedLine(f"Bo {n}", "Person", (), "met", "Uppfyllt") for n in range(20)]
    rows[13] = replace(rows[13], name="Oklar", result="unknown")
    closed = replace(deviation(9), state="åtgärdad")
    content = replace(
        ordinary(), compared=tuple(rows), deviations=(deviation(1), deviation(2), *[closed] * 5)
    )
    short = brief(content, next(room for room in ROOMS if room.rows.get("compared") == 1))
    assert short.content.compared[0].name == "Oklar"
    assert [line.number for line in short.content.deviations] == [deviation(2).number]
    assert (short.left["compared"], short.left["deviations"], short.is_whole) == (19, 6, False)
    assert short.content.items and len(short.content.items) == len(content.items)
    assert brief(content, ROOMS[0]).is_whole and not brief(content, ROOMS[0]).left


@pytest.mark.parametrize(
    ("text", "most", "told"),
    [
        ("Kort.", 10, "Kort."),
        ("Ett ord och ett till", 13, "Ett ord och…"),
        ("x" * 30, 10, "x" * 9 + "…"),
        ("En rad\noch en till", 40, "En rad\noch en till"),
        ("Ord, " * 9, 12, "Ord, Ord…"),
    ],
)
def test_a_text_ends_with_a_word(text: str, most: int, told: str) -> None:
    assert clip(text, most) == told
