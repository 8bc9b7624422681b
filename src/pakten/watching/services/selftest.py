"""The daily self-test: planted members go the very way that real ones go, and are taken back whole.

Planted rows live in transactions that are never committed: nobody else sees them, they are in no figure,
export or log, and what is kept is only what was planted and whether it was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

import vandel
from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.alerts.models import AlertKind
from pakten.alerts.services import raise_alert, settle
from pakten.audit.services import record
from pakten.checks.facts import plain
from pakten.checks.ground import ListsInForce, lists_in_force
from pakten.checks.models import Control, ControlResult, Likeness
from pakten.checks.refusals import ChecksRefused
from pakten.checks.services import control, touched
from pakten.checks.services.comparison import index_of
from pakten.core.sentences import in_swedish
from pakten.members.models import Membership
from pakten.watching import policies
from pakten.watching.models import Outcome, SelfTest
from pakten.watching.planting import Plant, plants
from pakten.watching.services.planted import SOURCE, Planted, Prepared, read, while_planted
from vandel.errors import InputError
from vandel.evidence import digest_of_value
from vandel.lists import EditionStore

FORM = "pakten-sjalvtest-1"
KEY = "watching:selftest"
NOTHING = "Det finns ingen lista i kraft med namn att plantera."


def plant_and_look(*, actor: User | None) -> SelfTest:
    """Plant, control, take back, and keep how it went; ``actor`` None: the clock. Raises PermissionDenied."""
    if actor is not None:
        check_role(actor, *policies.TEST)
    ground = lists_in_force()
    try:
        chosen = _chosen(ground)
        rows = _through_the_real_path(ground, chosen) if chosen else []
    except (ChecksRefused, InputError) as error:
        sentence = error.sentence if isinstance(error, ChecksRefused) else in_swedish(error)
        return _keep([], ground=ground, fault=sentence, actor=actor)
    return _keep(rows, ground=ground, fault="" if rows else NOTHING, actor=actor)


def _chosen(ground: ListsInForce) -> list[Plant]:
    store, day = EditionStore(settings.LIST_STORE), timezone.localdate().isoformat()
    # Made before the transaction, so that it is short.
    index_of(store, ground)
    return [
        plant
        for edition in ground.editions
        if edition["binds"]
        for plant in plants(
            store.load(edition["list_id"], edition["edition_id"]), seed=f"{day} {edition['edition_id']}"
        )
    ]


def _through_the_real_path(ground: ListsInForce, chosen: Sequence[Plant]) -> list[dict[str, Any]]:
    """The comparing, which is the long part, is done between two short transactions that are taken back."""
    planted = [Planted(plant, number) for number, plant in enumerate(chosen, start=1)]
    known = while_planted(planted, lambda: read(planted))
    prepared = Prepared(ground, known)
    return while_planted(planted, lambda: _stored(ground, planted, prepared=prepared))


def _stored(ground: ListsInForce, planted: Sequence[Planted], *, prepared: Prepared) -> list[dict[str, Any]]:
    run = touched.begin(ground, [each.membership.pk for each in planted], because=SOURCE, job=None)
    control.execute(run.pk, tell=lambda _done, _total: None, comparison=prepared)
    return [_found(each.plant, each.membership) for each in planted]


def _found(plant: Plant, row: Membership) -> dict[str, Any]:
    """Found = the likeness is stored, and the control that was stored does not say that all is well."""
    listing = plant.listed
    likeness = Likeness.objects.filter(
        organisation=row.organisation_id, list_id=listing.list_id, target_id=listing.entity.id
    ).first()
    stored = Control.objects.filter(membership=row).first()
    seen = likeness is not None and stored is not None and stored.result == ControlResult.UNKNOWN
    return {
        "how": plant.how.value,
        "name": plant.name,
        "list_id": listing.list_id,
        "target_id": listing.entity.id,
        "listed": listing.entity.caption,
        "found": seen,
        "score": likeness.score if likeness else None,
    }


@transaction.atomic
def _keep(rows: list[dict[str, Any]], *, ground: ListsInForce, fault: str, actor: User | None) -> SelfTest:
    missed = [row for row in rows if not row["found"]]
    outcome = Outcome.COULD_NOT if fault else Outcome.MISSED if missed else Outcome.PASSED
    content = {
        "form": FORM,
        "at": plain(timezone.now()),
        "engine_version": vandel.__version__,
        "rule_version": ground.rule_version,
        "threshold": ground.threshold,
        "lists": ground.editions,
        "missing": ground.missing,
        "planted": rows,
        "fault": fault,
        "outcome": outcome.value,
    }
    made = SelfTest.objects.create(
        outcome=outcome, planted=rows, fault=fault, content=content, sha256=digest_of_value(content)
    )
    _tell(made, missed)
    after = {"outcome": outcome.value, "planted": len(rows), "missed": len(missed), "sha256": made.sha256}
    record("watching.selftest.made", made, actor=actor, after=after, reason=fault)
    return made


def _tell(made: SelfTest, missed: list[dict[str, Any]]) -> None:
    if made.outcome == Outcome.PASSED:
        settle(AlertKind.SELF_TEST, KEY, because="Ett senare självtest hittade alla planterade namn.")
        return
    because = made.fault or (
        f"{len(missed)} av {len(made.planted)} planterade namn hittades inte. Lita inte på att en kontroll "
        "utan namnlikheter betyder att ingen finns på listorna."
    )
    raise_alert(
        AlertKind.SELF_TEST,
        organisation=None,
        key=KEY,
        title="Självtestet av kontrollen gick inte igenom",
        because=because,
        facts={
            "Missade": [f"{row['name']} ({row['listed']})" for row in missed],
            "_url": reverse("watching:selftest", args=[made.pk]),
        },
    )
