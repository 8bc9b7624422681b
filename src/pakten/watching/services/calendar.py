"""When each member is to be gone through next, and the parts that say why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from pakten.checks.basic.items import in_force
from pakten.checks.models import BasicControl, BasicItem, BasicState, ControlResult, Likeness, Verdict
from pakten.deviations.models import OPEN, Deviation, Level
from pakten.organisations.models import OwnerType, Sector
from pakten.organisations.queries import SubjectData, subjects
from pakten.watching.interval import Exposure, after_months, rules_for
from pakten.watching.models import Watched
from pakten.watching.services.standing import chunks

# How long a deviation that is closed still shortens the interval.
REMEMBERED = timedelta(days=730)
# A member who is new, or whom nobody has got to yet, is due at once.
NEVER = "Aldrig kontrollerad: checklistan är aldrig genomgången"
_FIELDS = ["next_on", "parts", "wanted_since", "wanted_because"]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database knows of the organisations of one chunk, by organisation."""

    subjects: Mapping[int, SubjectData]
    done: Mapping[int, BasicControl]
    expires: Mapping[int, date]
    deviations: Mapping[int, int]
    undecided: Mapping[int, int]


def reckon(membership_ids: Sequence[int]) -> None:
    """Reckon anew when these members are to be gone through."""
    today = timezone.localdate()
    for keys in chunks(membership_ids):
        rows = list(
            Watched.objects.filter(membership__in=keys).select_related("membership__organisation", "control")
        )
        wanted = {row.pk: row.wanted_since for row in rows}
        known = _known([row.membership.organisation_id for row in rows], today)
        for row in rows:
            _reckon(row, known, today=today)
        _keep(rows, wanted)


@transaction.atomic
def _keep(rows: Sequence[Watched], wanted: Mapping[int, datetime | None]) -> None:
    """All was reckoned before; whoever was asked for meanwhile is left to those who asked."""
    held = Watched.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True)
    now = dict(held.values_list("pk", "wanted_since"))
    Watched.objects.bulk_update([row for row in rows if now.get(row.pk) == wanted[row.pk]], _FIELDS)


def _reckon(row: Watched, known: _Known, *, today: date) -> None:
    done = known.done.get(row.membership.organisation_id)
    if done and row.wanted_since and done.done_at and done.done_at > row.wanted_since:
        row.wanted_since, row.wanted_because = None, ""
    row.parts = _parts(row, known, done=done, today=today)
    row.next_on = min(date.fromisoformat(part["on"]) for part in row.parts)


def _parts(row: Watched, known: _Known, *, done: BasicControl | None, today: date) -> list[dict[str, Any]]:
    """What each part says on its own; the earliest day counts."""
    organisation = row.membership.organisation
    last = _day(done.done_at if done and done.done_at else row.membership.created_at)
    parts = [
        _part(rule.words, after_months(last, rule.months), months=rule.months)
        for rule in rules_for(_exposure(row, known))
    ]
    if done is None:
        parts.append(_part(NEVER, last))
    elif done.items_version != (version := in_force(today)).version:
        parts.append(_part(f"Checklistan har en ny version, {version.version}", version.valid_from))
    if expires := known.expires.get(organisation.pk):
        parts.append(_part("Underlag i den senaste checklistan går ut", expires))
    if row.wanted_since:
        parts.append(_part(row.wanted_because, _day(row.wanted_since)))
    return sorted(parts, key=lambda part: str(part["on"]))


def _part(words: str, on: date, *, months: int | None = None) -> dict[str, Any]:
    return {"words": words, "on": on.isoformat(), "months": months}


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _exposure(row: Watched, known: _Known) -> Exposure:
    organisation = row.membership.organisation
    data = known.subjects[organisation.pk]
    private = organisation.sector == Sector.PRIVATE and not organisation.sole_trader
    return Exposure(
        sector=Sector(organisation.sector),
        foreign_owners=sum(_is_foreign(stake.owner_type, stake.owner_country) for stake in data.stakes),
        owners_unknown=private and not data.stakes,
        persons_unknown=organisation.sector != Sector.PUBLIC and not data.persons,
        deviations=known.deviations.get(organisation.pk, 0),
        undecided=known.undecided.get(organisation.pk, 0),
        unknown=row.control is not None and row.control.result == ControlResult.UNKNOWN,
    )


def _is_foreign(owner_type: str, country: str) -> bool:
    """A person's country is never asked for (principle 10)."""
    return owner_type == OwnerType.ORGANISATION and bool(country) and country.lower() != "se"


def _known(organisation_ids: Sequence[int], today: date) -> _Known:
    done = {row.organisation_id: row for row in _done(organisation_ids)}
    items = BasicItem.objects.filter(control__in=done.values()).order_by()
    expires = items.values_list("control__organisation_id").annotate(Min("expires_on"))
    since = timezone.now() - REMEMBERED
    # What ended with an application was confirmed all the same; what was dismissed turned out to be nothing.
    said = Deviation.objects.filter(organisation__in=organisation_ids, confirmed_at__isnull=False)
    confirmed = said.exclude(level=Level.DISMISSED)
    lasting = confirmed.filter(Q(level__in=OPEN) | Q(level_since__gte=since)).order_by()
    undecided = Likeness.objects.filter(organisation__in=organisation_ids, verdict=Verdict.CANNOT_TELL)
    return _Known(
        subjects(organisation_ids, as_of=today),
        done,
        {key: day for key, day in expires if day},
        Counter(lasting.values_list("organisation_id", flat=True)),
        dict(undecided.order_by().values_list("organisation_id").annotate(Count("pk"))),
    )


def _done(organisation_ids: Sequence[int]) -> QuerySet[BasicControl]:
    """Finished check lists, so that the newest of each organisation comes last."""
    rows = BasicControl.objects.filter(organisation__in=organisation_ids, state=BasicState.DONE)
    return rows.defer("lists_receipt", "lists_items").order_by("done_at", "pk")
