"""The log shows tampering, and names the first bad entry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.web.audit.damage import Row, chain, fill, move, rewritten, without_triggers

from pakten.audit.canonical import FIELDS, NO_HASH
from pakten.audit.models import Entry
from pakten.audit.verification import Checkpoint, checkpoint, verify
from vandel.errors import InputError

LENGTH = 12
ROWS = chain(LENGTH)
END = Checkpoint(LENGTH, ROWS[-1]["hash"])
places = st.integers(0, LENGTH - 1)


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return value[:-1] + ("0" if value.endswith("1") else "1")
    if isinstance(value, dict):
        return value | {"more": True}
    return "something" if value is None else value.replace(microsecond=1)


def test_a_log_that_stands() -> None:
    result = verify(END, rows=ROWS)
    assert (result.ok, result.entries, result.head) == (True, LENGTH, END.hash)
    assert verify(rows=[]).head == NO_HASH


@settings(max_examples=300, deadline=None)
@given(places, st.sampled_from([*FIELDS, "hash"]))
def test_a_changed_field_is_found(place: int, field: str) -> None:
    rows = [dict(row) for row in ROWS]
    rows[place][field] = other(rows[place][field])
    assert verify(rows=rows).first_bad == place + 1


@settings(max_examples=100, deadline=None)
@given(places.filter(lambda place: place < LENGTH - 1))
def test_a_removed_entry_is_found(place: int) -> None:
    assert verify(rows=ROWS[:place] + ROWS[place + 1 :]).first_bad == place + 1
    renumbered = [row | {"sequence": n} for n, row in enumerate(ROWS[:place] + ROWS[place + 1 :], 1)]
    assert verify(rows=renumbered).first_bad == place + 1


@settings(max_examples=100, deadline=None)
@given(places, places)
def test_an_added_entry_is_found(place: int, copied: int) -> None:
    rows = [*ROWS[:place], dict(ROWS[copied]), *ROWS[place:]]
    bad = verify(rows=rows).first_bad
    assert bad == (place + 1 if copied != place else place + 2)


@settings(max_examples=100, deadline=None)
@given(places, places)
def test_entries_in_another_order_are_found(one: int, two: int) -> None:
    rows = list(ROWS)
    rows[one], rows[two] = rows[two], rows[one]
    assert verify(rows=rows).first_bad == (min(one, two) + 1 if one != two else None)


@settings(max_examples=100, deadline=None)
@given(places)
def test_entries_cut_off_at_the_end_are_found_against_a_checkpoint(kept: int) -> None:
    assert verify(rows=ROWS[:kept]).ok, "nothing inside the chain can tell"
    assert verify(END, rows=ROWS[:kept]).first_bad == kept + 1


@settings(max_examples=100, deadline=None)
@given(places, st.sampled_from([field for field in FIELDS if field not in {"sequence", "previous_hash"}]))
def test_a_chain_computed_anew_is_found_against_a_checkpoint(place: int, field: str) -> None:
    rows = [dict(row) for row in ROWS]
    rows[place][field] = other(rows[place][field])
    forged = rewritten(rows, place)
    assert verify(rows=forged).ok, "nothing inside the chain can tell"
    assert not verify(END, rows=forged).ok
    early = Checkpoint(place + 1, ROWS[place]["hash"])
    assert verify(early, rows=forged).first_bad == place + 1


def test_an_old_backup_is_found_against_a_checkpoint(db: None) -> None:
    fill(5)
    end = checkpoint()
    assert verify(end).ok
    with without_triggers():
        Entry.objects.filter(sequence__gt=3).delete()
    fill(2)
    assert verify().ok
    assert verify(end).first_bad == 5


def _flip() -> None:
    Entry.objects.filter(sequence=3).update(after={"turn": 99})


def _delete() -> None:
    Entry.objects.filter(sequence=3).delete()


def _insert() -> None:
    last = Entry.objects.get(sequence=5)
    Entry.objects.create(
        **{name: getattr(last, name) for name in FIELDS if name != "sequence"}, sequence=6, hash="0"
    )


def _reorder() -> None:
    move(3, 99)
    move(4, 3)
    move(99, 4)


@pytest.mark.parametrize(("damage", "first_bad"), [(_flip, 3), (_delete, 3), (_insert, 6), (_reorder, 3)])
def test_damage_in_the_database_is_found(db: None, damage: Any, first_bad: int) -> None:
    fill(5)
    assert verify().ok
    with without_triggers():
        damage()
    result = verify()
    assert (result.ok, result.first_bad) == (False, first_bad)
    assert result.problem
    with pytest.raises(CommandError, match=f"Entry {first_bad}") as ended:
        call_command("verify_log")
    assert ended.value.returncode == 1


def test_the_commands_say_that_the_log_stands(
    db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fill(3)
    call_command("checkpoint")
    kept = tmp_path / "checkpoint.json"
    kept.write_text(capsys.readouterr().out)
    assert json.loads(kept.read_text())["sequence"] == 3
    fill(1)
    call_command("verify_log", checkpoint=kept)
    assert "The log stands: 4 entries" in capsys.readouterr().out


@pytest.mark.parametrize("written", ["", "{}", "[]", "null", '{"pakten": "log-checkpoint"}', "\xff", "5"])
def test_something_else_than_a_checkpoint_is_refused(db: None, tmp_path: Path, written: str) -> None:
    with pytest.raises(InputError):
        Checkpoint.from_json(written)
    path = tmp_path / "not-a-checkpoint"
    path.write_bytes(written.encode("latin-1"))
    with pytest.raises(CommandError) as ended:
        call_command("verify_log", checkpoint=path)
    assert ended.value.returncode == 2


def test_a_stored_row_gives_its_digest_again(db: None) -> None:
    rows: list[Row] = ROWS
    Entry.objects.bulk_create(
        Entry(**row | {"actor_id": None}) for row in rewritten([r | {"actor_id": None} for r in rows], 0)
    )
    assert verify().ok
