"""What a visit to the website says of an item. A machine's reading is proposed; a person confirms it."""

from __future__ import annotations

from django.utils import timezone

from pakten.checks.basic.holding import holds_until
from pakten.checks.basic.looked import Looked
from pakten.checks.models import CheckResult
from pakten.organisations.models import Organisation
from pakten.visits.queries import ItemResult, item_results, latest_visit

# What needs no confirming: nobody got in, or there is nothing to say.
_PLAIN = (CheckResult.COULD_NOT_CHECK, CheckResult.NOT_APPLICABLE)


def seen_on_site(organisation: Organisation, slug: str) -> Looked | None:
    """The item as the newest visit answers it; None where no visit holds that says anything of it."""
    found = next((each for each in item_results(organisation) if each.slug == slug), None)
    if found is None or _is_old(found):
        return None
    result: CheckResult | None = CheckResult(found.result)
    if found.waits:
        result = None
    taken = result in _PLAIN or _by_a_person(organisation, found)
    return Looked(
        result if taken else None,
        found.note,
        found.source[:200],
        found.source_where[:500],
        found.sha256,
        proposed=None if taken else result,
        at=found.checked_at,
    )


def _is_old(found: ItemResult) -> bool:
    until = holds_until(found.slug, timezone.localdate(found.checked_at))
    return until is not None and until <= timezone.localdate()


def _by_a_person(organisation: Organisation, found: ItemResult) -> bool:
    newest = latest_visit(organisation)
    return newest is not None and newest.by_person and newest.at == found.checked_at
