"""Reading the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.models import Entry, OutsideChange


def entries_for(obj: Model) -> QuerySet[Entry]:
    """What was done to this object, latest first."""
    return Entry.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))


@dataclass(frozen=True)
class Wanted:
    """Which entries: an area, a person, an object (type and id, or words of its name), a span of days."""

    area: str = ""
    actor_id: int | None = None
    object_type: str = ""
    object_id: str = ""
    words: str = ""
    first_day: date | None = None
    last_day: date | None = None


def entries(wanted: Wanted) -> QuerySet[Entry]:
    """The entries that match all that is asked for, latest first; both days are included."""
    found = Entry.objects.select_related("actor")
    equal = {
        "actor_id": wanted.actor_id,
        "object_type": wanted.object_type,
        "object_id": wanted.object_id,
        "action__startswith": wanted.area and f"{wanted.area}.",
        "at__gte": _midnight(wanted.first_day),
        "at__lt": _midnight(wanted.last_day and wanted.last_day + timedelta(days=1)),
    }
    found = found.filter(**{lookup: value for lookup, value in equal.items() if value})
    return found.filter(_named(wanted.words)) if wanted.words else found


def outside_changes() -> QuerySet[OutsideChange]:
    """Changes made by other programs than ours, latest first."""
    return OutsideChange.objects.select_related("entry")


def actors() -> QuerySet[User]:
    """The people who are named as doers in the log."""
    return User.objects.filter(pk__in=Entry.objects.order_by().values("actor")).order_by(
        "last_name", "first_name"
    )


def _named(words: str) -> Q:
    # SQLite tells å from Å whatever it is asked, so it is asked for the ways in which names are written.
    written = {words, words.lower(), words.upper(), words.capitalize(), words.title()}
    return reduce(or_, (Q(object_label__icontains=form) for form in sorted(written)))


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
