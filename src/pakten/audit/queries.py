"""Reading the log."""

from __future__ import annotations

from django.db.models import Model, QuerySet

from pakten.audit.models import Entry


def entries_for(obj: Model) -> QuerySet[Entry]:
    """What was done to this object, latest first."""
    return Entry.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))
