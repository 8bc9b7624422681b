"""Batches: the same outcomes in the same order with one process or several, and clear words when one dies."""

from __future__ import annotations

import os
from datetime import UTC, datetime

import pytest

from vandel.batch import BatchFailed, Settings, control_all, run, search_all
from vandel.matching import Index
from vandel.model import Entity, Listing, Name, Schema
from vandel.screening import Screener, Subject

AT = datetime(2026, 11, 21, tzinfo=UTC)
INDEX = Index.build([Listing("invented", Entity("x", Schema.COMPANY, (Name("Norrskenets Åkeri AB"),)))])
QUERIES = [
    Entity(f"q{number}", Schema.COMPANY, (Name(name),))
    for number, name in enumerate(["Norrskenets Åkeri", "Blåsippans Trädgård", "Norskenets Åkeri HB"] * 5)
]


def square(number: int) -> int:
    return number * number


def fail_at_seven(number: int) -> int:
    if number == 7:
        raise LookupError("seven")
    return number


def die(number: int) -> int:
    os._exit(9)


@pytest.mark.parametrize("workers", [1, 2])
def test_outcomes_come_in_the_order_of_the_items(workers: int) -> None:
    seen: list[tuple[int, int]] = []
    outcomes = run(square, range(25), workers=workers, chunk=4, progress=lambda *at: seen.append(at))
    assert list(outcomes) == [number * number for number in range(25)]
    assert seen[-1] == (25, 25) and seen == sorted(seen)


def test_nothing_to_do() -> None:
    assert list(run(square, [], workers=2)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_comes_up_as_it_is(workers: int) -> None:
    with pytest.raises(LookupError, match="seven"):
        list(run(fail_at_seven, range(20), workers=workers, chunk=2))


def test_a_dead_process_is_told() -> None:
    with pytest.raises(BatchFailed, match="died"):
        list(run(die, range(4), workers=2, chunk=1))


def test_several_processes_find_what_one_finds() -> None:
    one, two = (list(search_all(INDEX, QUERIES, settings=Settings(0.1, 5, workers))) for workers in (1, 2))
    assert one == two and len(one) == len(QUERIES) and one[0] and not one[1]


def test_controls_of_many_equal_controls_of_each() -> None:
    screener = Screener(INDEX, (), frozenset(), {"invented": "no edition"})
    subjects = [Subject(query.id, query) for query in QUERIES]
    settings = Settings(0.5, 5, 2)
    together = list(control_all(screener, subjects, at=AT, settings=settings))
    assert together == [screener.control(each, at=AT, threshold=0.5, limit=5) for each in subjects]
