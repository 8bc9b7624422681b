"""The words are weighed once: a score does not move because others come to the list or leave it."""

from __future__ import annotations

from pathlib import Path

from vandel.matching import Index
from vandel.model import Entity, Listing, Name, Schema


def listed(*texts: str, first: int = 0, schema: Schema = Schema.ORGANIZATION) -> list[Listing]:
    return [
        Listing("L", Entity(f"{at:04}", schema, (Name(text),))) for at, text in enumerate(texts, start=first)
    ]


OLD = listed("Kvintor Stalverk", "Velmark Torvin", "Orsdal Brenvik Handel", "Solrosen Mirsk")
CAME = listed(*(f"Kvintor Quist{at}rel" for at in range(60)), first=100)
ASKED = Entity("q", Schema.ORGANIZATION, (Name("Kvintor Stalwerk"),))


def score(index: Index) -> float:
    return next(f.score for f in index.search(ASKED, threshold=0.0, limit=100) if f.target_id == "0000")


def test_a_kept_measure_gives_the_same_score_whatever_else_is_listed(tmp_path: Path) -> None:
    before = Index.build(OLD)
    kept = Index.build([*OLD, *CAME], usage=before.usage)
    assert score(Index.build(OLD, usage=before.usage)) == score(before)
    assert score(kept) == score(before)
    assert score(Index.build([OLD[0]], usage=before.usage)) == score(before)
    assert score(Index.build([*OLD, *CAME])) != score(before), "else the test shows nothing"
    kept.save(tmp_path / "index")
    stored = Index.load(tmp_path / "index")
    assert stored.usage == before.usage
    assert stored.search(ASKED, threshold=0.0) == kept.search(ASKED, threshold=0.0)


def test_the_measure_of_an_index_is_its_own_until_it_is_given_one() -> None:
    organisations, persons = Index.build(OLD).usage
    assert organisations.listed == 4
    assert organisations.counts["kvintor"] == 1
    assert (persons.listed, persons.counts) == (0, {})


def test_it_is_told_when_a_new_word_lets_a_name_be_read_in_parts() -> None:
    before = Index.build(OLD)
    empty = Index.build([], usage=before.usage)
    after = Index.build([*OLD, *listed("Zembrik", first=200)], usage=before.usage)
    compound = Entity("q", Schema.ORGANIZATION, (Name("Zembrikstalverk"),))
    assert not after.reads_as(empty, compound)
    assert after.reads_as(empty, ASKED)
