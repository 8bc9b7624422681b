"""Writing to the log."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from pakten.accounts.models import User
from pakten.audit.canonical import NO_HASH
from pakten.audit.models import Entry
from pakten.audit.queries import entries_for
from pakten.audit.services import record, verify


def append(obj: Model | None = None, **fields: object) -> Entry:
    with transaction.atomic():
        return record("tests.thing.changed", obj, actor=None, **fields)


def test_an_entry_tells_who_did_what_to_what(officer: User, manager: User) -> None:
    entry = record(
        "accounts.role.given",
        manager,
        actor=officer,
        before={"roles": []},
        after={"roles": ["x"]},
        reason="Ny tjänst",
    )
    entry.refresh_from_db()
    assert (entry.sequence, entry.previous_hash) == (1, NO_HASH)
    assert (entry.actor, entry.actor_name) == (officer, "Hanna Handläggarsson")
    assert (entry.object_type, entry.object_id) == ("accounts.user", str(manager.pk))
    assert (entry.before, entry.after, entry.reason) == ({"roles": []}, {"roles": ["x"]}, "Ny tjänst")
    assert entry.versions["pakten"]
    assert list(entries_for(manager)) == [entry]
    assert list(entries_for(officer)) == []


def test_entries_are_bound_to_each_other(db: None) -> None:
    first, second = append(), append()
    assert second.sequence == first.sequence + 1
    assert second.previous_hash == first.hash
    assert verify().ok


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written() -> None:
    with pytest.raises(TransactionManagementError):
        record("tests.thing.changed", None, actor=None)
    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_entry_falls_with_the_change() -> None:
    with pytest.raises(RuntimeError, match="undo"), transaction.atomic():
        record("tests.thing.changed", None, actor=None)
        raise RuntimeError("undo")
    assert not Entry.objects.exists()
    assert append().sequence == 1


@pytest.mark.parametrize("name", ["changed", "tests.changed"])
def test_an_action_without_area_thing_and_verb_is_refused(db: None, name: str) -> None:
    with pytest.raises(ValueError, match=r"area\.thing\.verb"):
        record(name, None, actor=None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET reason = 'other' WHERE sequence = 1",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE sequence = 2",
    ],
)
def test_the_database_refuses_to_change_the_log(db: None, statement: str) -> None:
    append(), append()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Entry.objects.count() == 2
    assert verify().ok


@pytest.mark.parametrize("sequence", [1, 2, 4, 0])
def test_the_database_refuses_an_entry_out_of_order(db: None, sequence: int) -> None:
    append()
    second = append()
    second.sequence = sequence
    with pytest.raises(DatabaseError), transaction.atomic():
        second.save(force_insert=True)
    assert Entry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_many_writers_leave_one_chain_without_gaps() -> None:
    writers, each = 8, 10
    together = threading.Barrier(writers)

    def write(writer: int) -> None:
        together.wait()
        try:
            for turn in range(each):
                append(after={"writer": writer, "turn": turn})
        finally:
            connection.close()

    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(write, range(writers)))
    result = verify()
    assert result.ok, result.problem
    assert result.entries == writers * each
    turns = [(e.after["writer"], e.after["turn"]) for e in Entry.objects.order_by("sequence")]
    assert len(set(turns)) == writers * each
    for writer in range(writers):
        assert [turn for who, turn in turns if who == writer] == list(range(each))
