"""The proof of a re-control: what caused it, what was compared, whom it touched or didn't, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import vandel
from pakten.checks.facts import plain
from pakten.checks.ground import ListsInForce
from pakten.checks.models import Control, ControlRun
from pakten.watching.models import Recontrol, RecontrolReceipt, Watched
from pakten.watching.services.differences import NEAR
from pakten.watching.services.plans import Plan
from pakten.watching.services.standing import chunks, editions_of, measure_of
from vandel.evidence import canonical_json, digest_of_value

FORM = "pakten-omkontroll-1"
WHY_UNTOUCHED = (
    "Det som har kommit till, ändrats eller försvunnit på listorna jämfördes med medlemmens alla kända namn. "
    "Inget av det var nära något av dem, medlemmens egna uppgifter är desamma, och ingen namnlikhet hos "
    "medlemmen gäller en post som ändrats. Medlemmens tidigare kvitto gäller därför fortfarande."
)


def receipt_of(
    made: Recontrol, found: Plan, *, ground: ListsInForce, run: ControlRun | None
) -> dict[str, Any]:
    """Everything that somebody needs to see that each member was looked at, touched or not."""
    return {
        "form": FORM,
        "number": made.pk,
        "engine_version": vandel.__version__,
        "rule_version": ground.rule_version,
        "threshold": ground.threshold,
        "near": NEAR,
        "measure": measure_of(ground),
        "cause": made.kind,
        "because": made.because,
        "triggers": [
            {"number": row.pk, "because": row.because, "at": plain(row.at), "about": row.about}
            for row in made.triggers.all()
        ],
        "begun_at": plain(made.begun_at),
        "lists": ground.editions,
        "missing": ground.missing,
        "differences": found.differences,
        "run": run.pk if run else None,
        "touched": _touched(found, run),
        "untouched": {
            "because": WHY_UNTOUCHED,
            "members": [
                [row.membership.organisation.public_id, row.receipt_sha256] for row in found.untouched
            ],
        },
    }


def _touched(found: Plan, run: ControlRun | None) -> list[dict[str, Any]]:
    rows = Control.objects.filter(run=run).select_related("membership__organisation") if run else ()
    return [
        {
            "member": row.membership.organisation.public_id,
            "because": found.anew[row.membership_id],
            "result": row.result_at_run,
            "receipt_sha256": row.receipt_sha256,
        }
        for row in rows
    ]


def carry(untouched: Sequence[Watched], ground: ListsInForce) -> None:
    """Move those whom the difference did not touch on to the editions in force. Call in a transaction.

    Whoever got a newer control since the question was put stays where that one put it: the question was about
    what was known before.
    """
    now, held = editions_of(ground), _controls_of(untouched)
    alike: dict[str, list[Watched]] = defaultdict(list)
    for row in untouched:
        if row.editions | now != row.editions and held.get(row.pk) == row.control_id:
            alike[digest_of_value(row.editions)].append(row)
    for rows in alike.values():
        for keys in chunks([row.pk for row in rows]):
            Watched.objects.filter(pk__in=keys).update(editions=rows[0].editions | now)


def _controls_of(rows: Sequence[Watched]) -> dict[int, int | None]:
    """Which control each row has now; the rows are held until the caller's transaction ends."""
    found: dict[int, int | None] = {}
    for keys in chunks([row.pk for row in rows]):
        kept = Watched.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
        found.update(kept.values_list("pk", "control_id"))
    return found


def seal(content: dict[str, Any]) -> str:
    """The receipt's digest: the SHA-256 of its canonical JSON."""
    return digest_of_value(content)


def as_file(receipt: RecontrolReceipt) -> bytes:
    """The very bytes that the digest covers."""
    return canonical_json(receipt.content)


def is_intact(receipt: RecontrolReceipt) -> bool:
    """Whether the stored receipt still has the digest that it got when it was made."""
    return seal(receipt.content) == receipt.sha256
