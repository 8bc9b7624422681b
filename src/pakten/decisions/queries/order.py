"""The delegation order as it is and was, and what the four eyes concern."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from pakten.decisions.models import DecisionRule, DelegationItem


def items_on(day: date) -> QuerySet[DelegationItem]:
    """The items that apply on a day, by number."""
    return DelegationItem.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


def by_number(items: Collection[DelegationItem]) -> list[DelegationItem]:
    """The items in the order of the paper: 4.2 before 4.10."""
    parts = {each.pk: [int(part) for part in re.findall(r"\d{1,9}", each.number)] for each in items}
    return sorted(items, key=lambda each: (parts[each.pk], each.number, each.pk))


def items_to_come(day: date) -> QuerySet[DelegationItem]:
    """Items that begin after the day."""
    return DelegationItem.objects.filter(valid_from__gt=day)


def items_before(day: date) -> QuerySet[DelegationItem]:
    """Items that had ended by the day, latest end first."""
    return DelegationItem.objects.filter(valid_to__lt=day).order_by("-valid_to", "number", "pk")


def item(item_id: int) -> DelegationItem:
    """The item. Raises DelegationItem.DoesNotExist."""
    return DelegationItem.objects.get(pk=item_id)


def rules() -> QuerySet[DecisionRule]:
    """The rules of all kinds, in their order."""
    return DecisionRule.objects.all()


def rule(kind: str) -> DecisionRule:
    """The kind's rule. Raises DecisionRule.DoesNotExist."""
    return DecisionRule.objects.get(kind=kind)
