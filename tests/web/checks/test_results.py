"""How a member stands: every combination of what the engine said and what people judged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pakten.checks.results import Item, item_result, member_result
from vandel.model import Result

MET, NOT_MET, UNKNOWN, NOT_APPLICABLE = Result.MET, Result.NOT_MET, Result.UNKNOWN, Result.NOT_APPLICABLE

ITEMS = [
    # engine's word, verdicts of its likenesses ("" = none yet), how the item stands
    (MET, [], MET),
    (UNKNOWN, [], UNKNOWN),
    (NOT_APPLICABLE, [], NOT_APPLICABLE),
    (NOT_MET, [], UNKNOWN),
    (UNKNOWN, [""], UNKNOWN),
    (UNKNOWN, ["different"], MET),
    (UNKNOWN, ["same"], NOT_MET),
    (UNKNOWN, ["cannot_tell"], UNKNOWN),
    (UNKNOWN, ["different", "different"], MET),
    (UNKNOWN, ["different", ""], UNKNOWN),
    (UNKNOWN, ["different", "cannot_tell"], UNKNOWN),
    (UNKNOWN, ["different", "same"], NOT_MET),
    (UNKNOWN, ["", "same"], NOT_MET),
]

MEMBERS = [
    # (binds, engine's word) of each item, how the member stands
    ([], UNKNOWN),
    ([(True, MET)], MET),
    ([(True, MET), (True, UNKNOWN)], UNKNOWN),
    ([(True, NOT_APPLICABLE)], NOT_APPLICABLE),
    ([(True, NOT_APPLICABLE), (True, MET)], MET),
    ([(False, MET)], UNKNOWN),
    ([(True, MET), (False, UNKNOWN)], MET),
]


@pytest.mark.parametrize(("engine", "verdicts", "expected"), ITEMS)
def test_an_item(engine: Result, verdicts: list[str], expected: Result) -> None:
    item = Item(True, engine, tuple(range(len(verdicts))))
    assert item_result(item, dict(enumerate(verdicts))) == expected


@pytest.mark.parametrize(("items", "expected"), MEMBERS)
def test_a_member(items: list[tuple[bool, Result]], expected: Result) -> None:
    assert member_result([Item(binds, result) for binds, result in items], {}) == expected


def test_a_list_for_information_never_decides() -> None:
    items = [Item(True, MET), Item(False, UNKNOWN, (1,))]
    assert member_result(items, {1: "same"}) == MET


items = st.builds(
    Item,
    st.booleans(),
    st.sampled_from([MET, UNKNOWN, NOT_APPLICABLE]),
    st.lists(st.integers(0, 3)).map(tuple),
)
verdicts = st.dictionaries(st.integers(0, 3), st.sampled_from(["same", "different", "cannot_tell", ""]))


@given(st.lists(items), verdicts)
def test_met_means_that_every_binding_item_is_settled(found: list[Item], judged: dict[int, str]) -> None:
    binding = [item for item in found if item.binds]
    if member_result(found, judged) == MET:
        assert binding
        assert all(judged.get(key) == "different" for item in binding for key in item.likenesses)
        assert all(item.result != UNKNOWN for item in binding if not item.likenesses)


@given(st.lists(items), verdicts)
def test_not_met_takes_a_persons_word(found: list[Item], judged: dict[int, str]) -> None:
    if member_result(found, judged) == NOT_MET:
        assert "same" in judged.values()
