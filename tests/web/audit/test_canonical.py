"""What is written into the log: values that every database gives back unchanged, and no personal numbers."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pakten.accounts.models import Role
from pakten.audit.canonical import plain
from pakten.audit.models import Entry
from pakten.audit.redaction import REPLACEMENT, without_personal_numbers
from pakten.audit.services import record, verify
from vandel.model import Result

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


class Undo(Exception):
    """Take the example's entry back."""


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(after=st.dictionaries(st.text(max_size=8), values, max_size=4), reason=st.text(max_size=60))
def test_what_is_written_is_read_back_to_the_same_digest(
    db: None, after: dict[str, object], reason: str
) -> None:
    with suppress(Undo), transaction.atomic():
        record("tests.thing.changed", None, actor=None, after=after, reason=reason)
        result = verify()
        assert result.ok, result.problem
        assert Entry.objects.get().after == without_personal_numbers(plain(after))
        raise Undo


class Word(Enum):
    YES = "yes"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 11, 21), "2026-11-21"),
        (datetime(2026, 11, 21, 8, tzinfo=timezone(timedelta(hours=1))), "2026-11-21T07:00:00.000000Z"),
        (datetime(2026, 11, 21, 8, tzinfo=UTC), "2026-11-21T08:00:00.000000Z"),
        (Decimal("0.50"), "0.50"),
        (Word.YES, "yes"),
        (Role.AUDITOR, "auditor"),
        (Result.UNKNOWN, "unknown"),
        ({1: (1, 2)}, {"1": [1, 2]}),
        ({"b", "a"}, ["a", "b"]),
        ("A\u030a", "Å"),
        ("a\x00b\ud800", "a\ufffdb\ufffd"),
        (2**60, str(2**60)),
        (-0.0, 0),
        (1e300, "1e+300"),
        (float("nan"), "nan"),
        (0.25, 0.25),
    ],
)
def test_values_become_plain(value: object, expected: object) -> None:
    assert plain(value) == expected


def luhn(nine: str) -> str:
    """The nine digits with their check digit."""
    total = sum(sum(divmod(int(sign) * (2 - place % 2), 10)) for place, sign in enumerate(nine))
    return nine + str(-total % 10)


# Made from days that nobody was born on in Sweden's registers of test numbers: the rule is what is tested.
PERSON = luhn("900101987")
COORDINATION = luhn("900161987")
ORGANISATION = luhn("556000987")


@pytest.mark.parametrize("number", [PERSON, COORDINATION])
@pytest.mark.parametrize(
    "form", ["{0}", "{1}-{2}", "{1}+{2}", "19{0}", "19{1}-{2}", "{1} {2}", "{1}\u2011{2}"]
)
def test_personal_numbers_are_replaced(number: str, form: str) -> None:
    written = form.format(number, number[:6], number[6:])
    assert without_personal_numbers(f"Ägaren, {written}, bytte") == f"Ägaren, {REPLACEMENT}, bytte"


def test_personal_numbers_are_replaced_in_every_place(officer: object) -> None:
    officer.last_name = PERSON  # type: ignore[attr-defined]
    entry = record(
        "tests.thing.changed",
        officer,  # type: ignore[arg-type]
        actor=officer,  # type: ignore[arg-type]
        before={"a": [{"b": PERSON}], PERSON: 1},
        after={"number": int(PERSON), "long": int(f"19{PERSON}")},
        reason=f"Se {PERSON}",
    )
    row = Entry.objects.filter(sequence=entry.sequence).values().get()
    assert PERSON not in str(row)
    assert str(row).count(REPLACEMENT) == 7
    assert verify().ok


@pytest.mark.parametrize(
    "kept",
    [
        ORGANISATION,
        f"{ORGANISATION[:6]}-{ORGANISATION[6:]}",
        f"SE{ORGANISATION}01",
        "2026-11-21T08:00:00.000000Z",
        "a" + PERSON,
        PERSON + "1",
        PERSON[:-1] + str((int(PERSON[-1]) + 1) % 10),
        True,
        None,
        12.5,
    ],
)
def test_other_numbers_are_kept(kept: object) -> None:
    assert without_personal_numbers(kept) == kept
