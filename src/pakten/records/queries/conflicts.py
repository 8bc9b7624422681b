"""Conflicts of interest: which cases are closed to a person, and who has one in a case."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import ForeignKey, Model, Q, QuerySet

from pakten.accounts.models import User
from pakten.accounts.policies import STAFF
from pakten.records.models import Case, Conflict


def in_conflict(user: User | AnonymousUser) -> QuerySet[Conflict, int]:
    """The ids of the cases in which the user has a conflict now: ``exclude(case__in=in_conflict(user))``."""
    found = Conflict.objects.filter(lifted_at=None, user=user.pk)
    return found.order_by().values_list("case_id", flat=True)


def conflicts_of(case: Case) -> QuerySet[Conflict]:
    """All that the case has or had, latest first."""
    return case.conflicts.select_related("user", "declared_by", "lifted_by")


def may_be_in_conflict() -> QuerySet[User]:
    """The staff, by name: those who work with cases."""
    found = User.objects.filter(is_active=True, role_assignments__role__in=STAFF).distinct()
    return found.order_by("last_name", "first_name", "pk")


def conflict(conflict_id: int) -> Conflict:
    """The conflict with its case. Raises Conflict.DoesNotExist."""
    return Conflict.objects.select_related("case", "user").get(pk=conflict_id)


def closed_things(user: User) -> Iterator[QuerySet[Any]]:
    """All that belongs to the cases in which the user has a conflict, whichever area it is in (L-17)."""
    if not (cases := list(in_conflict(user))):
        return
    yield Case.objects.filter(pk__in=cases)
    for model, ways in _ways_to_case().items():
        wanted = Q()
        for way in ways:
            wanted |= Q(**{f"{way}__in": cases})
        yield model._default_manager.filter(wanted)


@cache
def _ways_to_case() -> dict[type[Model], list[str]]:
    """What points at a case, and what points at that: a decision by its case, a mark by its record."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("pakten.")]
    near = {model: ways for model in ours if (ways := _keys_to(model, {Case}))}
    ways_to = {model: list(ways) for model, ways in near.items()}
    for model in ours:
        if model not in near and model is not Case and (ways := _keys_to(model, set(near))):
            ways_to[model] = [f"{way}__{last}" for way, other in ways.items() for last in near[other]]
    return ways_to


def _keys_to(model: type[Model], others: set[type[Model]]) -> dict[str, type[Model]]:
    keys = (field for field in model._meta.concrete_fields if isinstance(field, ForeignKey))
    return {key.name: key.related_model for key in keys if key.related_model in others}
