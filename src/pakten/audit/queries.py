"""Reading the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Model, QuerySet
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.models import Entry


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
        "object_label__icontains": wanted.words,
        "at__gte": _midnight(wanted.first_day),
        "at__lt": _midnight(wanted.last_day and wanted.last_day + timedelta(days=1)),
    }
    return found.filter(**{lookup: value for lookup, value in equal.items() if value})


def actors() -> QuerySet[User]:
    """The people who are named as doers in the log."""
    return User.objects.filter(pk__in=Entry.objects.order_by().values("actor")).order_by(
        "last_name", "first_name"
    )


def _midnight(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
