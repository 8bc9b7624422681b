"""The receipt of one member's control: proof of having looked, also when nothing was found."""

from __future__ import annotations

from typing import Any

from pakten.checks.facts import plain
from pakten.checks.ground import Ground
from pakten.checks.models import Control
from pakten.checks.services.comparison import Compared
from pakten.organisations.models import Organisation
from vandel.evidence import canonical_json, digest_of_value

FORM = "pakten-kvitto-1"


def receipt_of(
    ground: Ground,
    organisation: Organisation,
    *,
    compared: Compared,
    items: list[dict[str, Any]],
    result: str,
) -> dict[str, Any]:
    """Everything that somebody needs to see what was done, with what, and what came of it.

    A sole trader's number is masked. The engine's own receipt stands whole under ``engine``. ``run`` is
    None for the control of a single organisation.
    """
    return {
        "form": FORM,
        "run": getattr(ground, "pk", None),
        "member": {
            "id": organisation.public_id,
            "name": organisation.legal_name,
            "number": organisation.org_nr_shown,
        },
        "engine": plain(compared.control.receipt),
        "lists": ground.editions,
        "missing": ground.missing,
        "old_lists_accepted_because": ground.stale_accepted_reason,
        "compared": [{key: value for key, value in item.items() if key != "likenesses"} for item in items],
        "likenesses": plain(compared.control.findings),
        "result": result,
    }


def seal(receipt: dict[str, Any]) -> str:
    """The receipt's digest: the SHA-256 of its canonical JSON."""
    return digest_of_value(receipt)


def as_file(control: Control) -> bytes:
    """The receipt as the very bytes that its digest covers: anybody can check it without our system."""
    return canonical_json(control.receipt)


def is_intact(control: Control) -> bool:
    """Whether the stored receipt still has the digest that it got when it was made."""
    return seal(control.receipt) == control.receipt_sha256
