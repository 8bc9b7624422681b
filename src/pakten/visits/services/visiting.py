"""Making a visit: the engine looks, what it saw is stored once with its evidence, then others are told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

import vandel
from pakten.audit.services import record
from pakten.visits import sites
from pakten.visits.models import Visit, VisitOutcome, VisitState, Whose
from pakten.visits.models.visit import random_path
from pakten.visits.outcome_words import reason_for
from pakten.visits.services.evidence import keep_until
from pakten.visits.services.looking import Sight, errand_of, look
from pakten.visits.services.reading import signs_of, store_pages, store_statements, whole_digest, whose_key
from pakten.visits.services.telling import tell, tell_later
from vandel.evidence.digest import sha256_hex
from vandel.ids import orgnr
from vandel.website.reading import language_of_visit
from vandel.website.statement_rules import rule_set_version
from vandel.website.visit import Visit as Seen

logger = logging.getLogger(__name__)


class _ChangedMeanwhile(Exception):
    """The visit was closed, cancelled or ordered otherwise meanwhile: what this worker saw is let go."""


def visit_now(visit_id: int) -> Visit:
    """Make an ordered visit and store it; one that is made or cancelled already is given back as it is.

    Looks once more where a person has ordered it otherwise meanwhile.
    Never raises for what a website does, nor for a fault of ours: that is an outcome too, and never *clean*.
    """
    visit = Visit.objects.select_related("organisation", "ordered_by").get(pk=visit_id)
    while visit.state == VisitState.WAITING:
        visit = keep(visit, partial(see, visit))
    return visit


def see(visit: Visit) -> Sight | None:
    """Look at the website of an ordered visit; None where no address is known."""
    errand = errand_of(visit)
    return look(errand) if errand is not None else None


def keep(visit: Visit, get: Callable[[], Sight | None]) -> Visit:
    """Store what was seen, whole or not at all, and tell of it. ``get`` gives it, or raises the fault.

    Given back still waiting where a person has ordered it otherwise meanwhile.
    """
    try:
        kept = _kept(visit, get)
    except _ChangedMeanwhile:
        # A round and an order of its own may have come to the same one: the first counts.
        visit.refresh_from_db()
        return visit
    tell(kept)
    return kept


def _kept(visit: Visit, get: Callable[[], Sight | None]) -> Visit:
    try:
        sight = get()
        return _store(visit, sight) if sight else _without_reading(visit, VisitOutcome.NO_ADDRESS)
    except (_ChangedMeanwhile, sites.VisitEnded):
        raise
    except Exception:
        logger.exception("Visit %s could not be made", visit.pk)
        return _without_reading(visit, VisitOutcome.OUR_FAULT)


def _without_reading(visit: Visit, outcome: VisitOutcome) -> Visit:
    now = timezone.now()
    with transaction.atomic():
        return _finish(
            visit,
            at=now,
            ended_at=now,
            address=visit.organisation.website.strip()[:500],
            outcome=outcome,
            reason=reason_for(outcome),
            engine_version=vandel.__version__,
            rules_version=rule_set_version(),
        )


def _store(visit: Visit, sight: Sight) -> Visit:
    seen = sight.seen
    path = default_storage.save(random_path(visit, ""), ContentFile(sight.package))
    values = _found(visit, seen) | {
        "is_invented": sight.is_invented,
        "archive": path,
        "archive_sha256": sha256_hex(sight.package),
        "archive_length": len(sight.package),
        "manifest_sha256": seen.archive.manifest_sha256,
        "dispose_after": keep_until(seen.started_at),
    }
    try:
        with transaction.atomic():
            _hold(visit)
            rows = store_pages(visit, seen.pages)
            store_statements(visit, sight.statements, rows=rows)
            return _finish(visit, **values)
    except BaseException:
        default_storage.delete(path)
        raise


def _found(visit: Visit, seen: Seen) -> dict[str, Any]:
    """What the visit found, as columns."""
    read = [page.extract for page in seen.pages if page.extract is not None]
    start = seen.pages[0]
    outcome = VisitOutcome(seen.outcome.value)
    pages = sum(page.outcome.is_read for page in seen.pages)
    signs = signs_of(seen, hide_own_number=orgnr.is_personal(visit.organisation.org_nr or ""))
    return {
        "at": seen.started_at,
        "ended_at": seen.ended_at,
        "address": (start.url if seen.outcome.is_read else seen.order.url)[:500],
        "outcome": outcome,
        "reason": reason_for(outcome, status=start.page.status, pages=pages),
        "whose": Whose(seen.belonging.level.value) if seen.outcome.is_read else "",
        "whose_key": whose_key(seen, signs),
        "signs": signs,
        "robots": [
            {"url": note.url, "decision": note.decision} for note in seen.robots if note.decision != "allowed"
        ],
        "language": language_of_visit(read),
        "engine_version": seen.order.software_version,
        "rules_version": seen.order.rules_version,
        "full_sha256": whole_digest(page.full for page in read),
        "main_sha256": whole_digest(page.main for page in read),
    }


def _hold(visit: Visit) -> None:
    """Keep others from the visit until it is closed, in the caller's transaction."""
    if _as_ordered(visit).select_for_update(no_key=True).first() is None:
        raise _ChangedMeanwhile


def _as_ordered(visit: Visit) -> QuerySet[Visit]:
    """The visit while it waits as it was read: whose override was used is a part of the evidence."""
    return Visit.objects.filter(
        pk=visit.pk, state=VisitState.WAITING, override=visit.override, ordered_by=visit.ordered_by_id
    )


def _finish(visit: Visit, **values: object) -> Visit:
    """Close the visit, once; who is to be told of it is written down with it."""
    if not _as_ordered(visit).update(state=VisitState.FINISHED, **values):
        raise _ChangedMeanwhile
    visit.refresh_from_db()
    tell_later(visit)
    after = {
        "outcome": visit.outcome,
        "address": visit.address,
        "whose": visit.whose,
        "sha256": visit.manifest_sha256,
    }
    record("visits.visit.made", visit, actor=None, after=after)
    return visit
