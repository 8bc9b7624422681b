"""Where members stand: brought in line with their newest controls before anything is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from pakten.checks.ground import Ground
from pakten.checks.models import Control, ControlRun, RunState
from pakten.checks.services.measure import measured_by
from pakten.watching.models import Watched
from vandel.evidence import digest_of_value

CHUNK = 200


def follow(membership_ids: Sequence[int]) -> None:
    """See to it that each of these members is watched, and stands where its newest control put it."""
    for chunk in chunks(membership_ids):
        _add(chunk)
        _move(chunk)


def measure_of(ground: Ground) -> str:
    """The digest of all that a score rests on besides the two names: rules, engine, limit, words' weights."""
    return digest_of_value(
        [ground.rule_version, ground.engine_version, ground.threshold, measured_by(ground)]
    )


def editions_of(ground: Ground) -> dict[str, str]:
    """Which edition of which list the ground has."""
    return {edition["list_id"]: edition["edition_id"] for edition in ground.editions}


def chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    """The keys, some at a time: few enough for one question to the database."""
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def _add(keys: Sequence[int]) -> None:
    known = set(Watched.objects.filter(membership__in=keys).values_list("membership_id", flat=True))
    new = [Watched(membership_id=key) for key in keys if key not in known]
    Watched.objects.bulk_create(new, ignore_conflicts=True)


def _move(keys: Sequence[int]) -> None:
    finished = Control.objects.filter(membership__in=keys, run__state=RunState.FINISHED)
    newest = dict(finished.order_by().values_list("membership_id").annotate(Max("run_id")))
    at = dict(Watched.objects.filter(membership__in=keys).values_list("membership_id", "control__run_id"))
    behind = [key for key, run_id in newest.items() if at.get(key) != run_id]
    if not behind:
        return
    runs = ControlRun.objects.in_bulk({newest[key] for key in behind})
    grounds = {run_id: _ground_of(run) for run_id, run in runs.items()}
    rows = finished.filter(membership__in=behind, run__in=runs).order_by().defer("items")
    # Receipts are long: they are read before the transaction, which holds up all who write.
    moved = {
        control.membership_id: _place_of(control) | grounds[control.run_id]
        for control in rows.iterator()
        if newest[control.membership_id] == control.run_id
    }
    with transaction.atomic():
        for membership_id, values in moved.items():
            Watched.objects.filter(membership=membership_id).update(**values)


def _place_of(control: Control) -> dict[str, Any]:
    return {
        "control_id": control.pk,
        "inputs": control.receipt.get("engine", {}).get("inputs_sha256", ""),
        "receipt_sha256": control.receipt_sha256,
    }


def _ground_of(run: ControlRun) -> dict[str, Any]:
    return {"editions": editions_of(run), "measure": measure_of(run)}
