"""Making a visit: the engine looks, what it saw is stored once with its evidence, a change is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

import vandel
from pakten.audit.services import record
from pakten.organisations.models import Organisation
from pakten.visits import sites
from pakten.visits.made import tell_made
from pakten.visits.models import Visit, VisitOutcome, VisitState, Whose
from pakten.visits.models.visit import random_path
from pakten.visits.outcome_words import reason_for
from pakten.visits.queries.visits import latest_read
from pakten.visits.services.evidence import keep_until
from pakten.visits.services.reading import signs_of, store_pages, store_statements, whole_digest, whose_key
from pakten.visits.services.telling import tell_of_change
from vandel.evidence.digest import sha256_hex
from vandel.ids import orgnr
from vandel.website.polite import Override
from vandel.website.reading import language_of_visit
from vandel.website.statement_rules import rule_set_version
from vandel.website.visit import Order
from vandel.website.visit import Visit as Seen
from vandel.website.whose import Claimed

logger = logging.getLogger(__name__)


class _MadeMeanwhile(Exception):
    """Another worker closed the visit while this one was at it: what this one saw is let go."""


def visit_now(visit_id: int) -> Visit:
    """Make an ordered visit and store it; one that is made already is given back as it is.

    Never raises for what a website does, nor for a fault of ours: that is an outcome too, and never *clean*.
    """
    visit = Visit.objects.select_related("organisation", "ordered_by").get(pk=visit_id)
    if visit.state != VisitState.WAITING:
        return visit
    try:
        return _made(visit)
    except _MadeMeanwhile:
        # A round and an order of its own may have come to the same one: the first counts.
        visit.refresh_from_db()
        return visit


def _made(visit: Visit) -> Visit:
    address = visit.organisation.website.strip()
    if not address:
        return _without_reading(visit, VisitOutcome.NO_ADDRESS)
    try:
        way = sites.way_to(address)
        seen = way.visitor.visit(_order(visit, address))
        return _store(visit, seen, is_invented=way.is_invented)
    except _MadeMeanwhile:
        raise
    except Exception:
        logger.exception("Visit %s could not be made", visit.pk)
        return _without_reading(visit, VisitOutcome.OUR_FAULT)


def visit_all(round_id: int, *, tell: Callable[[int, int, str], None]) -> dict[str, int]:
    """Make the visits of a round that are not made yet, one after the other; visits per outcome.

    May be called again after an interruption. ``tell`` gets done, total and whose turn it is, outside
    transactions, and may raise to stop the work.
    """
    rows = Visit.objects.filter(round=round_id)
    waiting = list(rows.filter(state=VisitState.WAITING).select_related("organisation").order_by("pk"))
    total = rows.count()
    done = total - len(waiting)
    for visit in waiting:
        tell(done, total, visit.organisation.legal_name)
        visit_now(visit.pk)
        done += 1
    tell(done, total, "")
    counts: dict[str, int] = {}
    for outcome in rows.filter(state=VisitState.FINISHED).values_list("outcome", flat=True):
        counts[outcome] = counts.get(outcome, 0) + 1
    return counts


def _order(visit: Visit, address: str) -> Order:
    override = None
    if visit.override and visit.ordered_by:
        override = Override(str(visit.ordered_by), visit.override)
    return Order(
        address,
        _claimed(visit.organisation),
        ordered_by=str(visit.ordered_by or "Systemet"),
        reason=visit.because,
        rules_version=rule_set_version(),
        software_version=vandel.__version__,
        override=override,
    )


def _claimed(organisation: Organisation) -> Claimed:
    street = organisation.address.split(",")[0]
    places = tuple(place for place in (organisation.place, street) if place.strip())
    return Claimed(organisation.legal_name, organisation.org_nr or "", places)


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


def _store(visit: Visit, seen: Seen, *, is_invented: bool) -> Visit:
    package = seen.archive.as_zip()
    path = default_storage.save(random_path(visit, ""), ContentFile(package))
    values = _found(visit, seen) | {
        "is_invented": is_invented,
        "archive": path,
        "archive_sha256": sha256_hex(package),
        "archive_length": len(package),
        "manifest_sha256": seen.archive.manifest_sha256,
        "dispose_after": keep_until(seen.started_at),
    }
    try:
        with transaction.atomic():
            _hold(visit)
            rows = store_pages(visit, seen.pages)
            if seen.outcome.is_read:
                store_statements(visit, seen.pages, rows=rows)
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
    waiting = Visit.objects.select_for_update(no_key=True).filter(pk=visit.pk, state=VisitState.WAITING)
    if waiting.first() is None:
        raise _MadeMeanwhile


def _finish(visit: Visit, **values: object) -> Visit:
    """Close the visit, once; then tell the log and whoever listens."""
    previous = latest_read(visit.organisation_id)
    rows = Visit.objects.filter(pk=visit.pk, state=VisitState.WAITING)
    if not rows.update(state=VisitState.FINISHED, **values):
        raise _MadeMeanwhile
    visit.refresh_from_db()
    tell_made(visit)
    tell_of_change(visit, previous)
    after = {
        "outcome": visit.outcome,
        "address": visit.address,
        "whose": visit.whose,
        "sha256": visit.manifest_sha256,
    }
    record("visits.visit.made", visit, actor=None, after=after)
    return visit
