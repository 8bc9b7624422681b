"""What a visit to the website says of an item. A machine's reading is proposed; a person confirms it."""

from __future__ import annotations

from django.utils import timezone

from pakten.checks.basic.holding import holds_until
from pakten.checks.basic.items import version_of
from pakten.checks.basic.looked import Looked
from pakten.checks.models import BasicControl, CheckResult
from pakten.core.templatetags.formats import moment
from pakten.organisations.models import Organisation
from pakten.visits.queries import (
    TOPIC_SLUGS,
    WEBSITE_SLUG,
    ItemResult,
    SiteSign,
    item_results,
    latest_visit,
    site_signs,
)

_KINDS = {
    "own_number": "organisationens eget nummer",
    "other_number": "ett annat organisationsnummer",
    "name": "namnet",
    "place": "orten eller gatan",
}
# What needs no confirming: nobody got in, or there is nothing to say.
_PLAIN = (CheckResult.COULD_NOT_CHECK, CheckResult.NOT_APPLICABLE)


def seen_on_site(control: BasicControl, slug: str) -> Looked | None:
    """The item as the newest visit answers it; None where no visit holds that says anything of it."""
    organisation = control.organisation
    found = next((each for each in item_results(organisation, _slugs(control)) if each.slug == slug), None)
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


def told_on_site(organisation: Organisation, *kinds: str) -> tuple[str, bool]:
    """What stands on the website of who it is, in a sentence; and whether a person must look at it."""
    signs = [sign for sign in site_signs(organisation) if sign.kind in kinds]
    if not signs:
        return "", False
    told = ", ".join(f"{_KINDS[sign.kind]}{_quoted(sign)}" for sign in signs)
    where, at = signs[0].url, moment(signs[0].at)
    return f"På webbplatsen står {told} ({where}, {at}).", any(sign.needs_person for sign in signs)


def _quoted(sign: SiteSign) -> str:
    return f" ”{sign.words}”" if sign.words else ""


def _slugs(control: BasicControl) -> list[str]:
    """What the control's own list asks of a website: another version may ask less."""
    known = {item.slug for item in version_of(control.items_version).items_for(control.sector)}
    return [slug for slug in (WEBSITE_SLUG, *TOPIC_SLUGS.values()) if slug in known]


def _is_old(found: ItemResult) -> bool:
    until = holds_until(found.slug, timezone.localdate(found.checked_at))
    return until is not None and until <= timezone.localdate()


def _by_a_person(organisation: Organisation, found: ItemResult) -> bool:
    newest = latest_visit(organisation)
    return newest is not None and newest.by_person and newest.at == found.checked_at
