"""Entries that are closed to a person: areas above say which, since the log does not know of cases (L-17)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from pakten.accounts.models import User
from pakten.audit.models import Entry

# Each gives the things whose entries the person must not read: nothing, for almost everybody.
CLOSED_THINGS: list[Callable[[User], Iterable[QuerySet[Any]]]] = []


def open_to(reader: User, found: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those of ``found`` that the reader may read."""
    for closed in CLOSED_THINGS:
        for things in closed(reader):
            found = found.exclude(_about(things))
    return found


def _about(things: QuerySet[Any]) -> Q:
    keys = things.order_by().values_list(Cast("pk", CharField()), flat=True)
    return Q(object_type=things.model._meta.label_lower, object_id__in=keys)
