"""Writing to the log. Reading is in :mod:`pakten.audit.queries`, the check in :mod:`.verification`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

import vandel
from pakten.audit.canonical import NO_HASH, digest, plain, text
from pakten.audit.models import Entry, OutsideChange
from pakten.audit.redaction import without_personal_numbers
from pakten.audit.verification import Checkpoint, Verification, checkpoint, verify

if TYPE_CHECKING:
    from pakten.accounts.models import User

__all__ = ["Checkpoint", "Verification", "checkpoint", "note_outside", "record", "verify"]

# Any number of our own: it names the lock on the end of the log in PostgreSQL.
_LOCK = 7_236_011
# A table that somebody emptied by hand must not fill the log in one transaction.
_NOTED_AT_ONCE = 1_000


def record(
    action: str,
    obj: Model | None,
    *,
    actor: User | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Append one entry in the caller's transaction, so that change and entry stand or fall together.

    ``action`` is dotted, ``area.thing.verb``. ``actor`` is None only where the system itself acted.
    Personal identity numbers are replaced. From here to the commit other writers of the log wait: record
    last in the transaction. Raises TransactionManagementError outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs in the transaction of the change")
    if action.count(".") < 2:
        raise ValueError(f"An action is named area.thing.verb, not {action!r}")
    fields = _described(obj) | {
        "actor_id": actor.pk if actor else None,
        "actor_name": _clean(str(actor) if actor else "")[:200],
        "action": action,
        "before": _clean(before),
        "after": _clean(after),
        "reason": _clean(reason),
        "versions": _versions(),
    }
    return _appended(fields)


@transaction.atomic
def note_outside() -> int:
    """Tell in the log of each change that another program made; gives back how many were new."""
    found = OutsideChange.objects.filter(entry=None).select_for_update().order_by("pk")[:_NOTED_AT_ONCE]
    for change in found:
        told = {"columns": change.columns.split(), "at": change.at, "by": change.by_whom}
        where = {"table": change.table_name, "row": change.row_key, "operation": change.operation}
        change.entry = record("audit.outside.noticed", change, actor=None, after=where | told)
        change.save(update_fields=["entry"])
    return len(found)


def _appended(fields: dict[str, Any]) -> Entry:
    with transaction.atomic():
        _lock_end()
        last = Entry.objects.order_by("-sequence").values("sequence", "hash").first()
        fields["sequence"] = last["sequence"] + 1 if last else 1
        fields["previous_hash"] = last["hash"] if last else NO_HASH
        # Taken under the lock, so that time never runs backwards along the sequence by a race.
        fields["at"] = timezone.now()
        return Entry.objects.create(hash=digest(fields), **fields)


def _lock_end() -> None:
    # SQLite's transaction holds the only write lock since it began (transaction_mode IMMEDIATE).
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _described(obj: Model | None) -> dict[str, str]:
    if obj is None:
        return {"object_type": "", "object_id": "", "object_label": ""}
    return {
        "object_type": obj._meta.label_lower,
        "object_id": str(obj.pk),
        "object_label": _clean(str(obj))[:300],
    }


def _clean(value: Any) -> Any:
    return without_personal_numbers(plain(value))


@cache
def _versions() -> dict[str, str]:
    return {"pakten": text(vandel.__version__)}
