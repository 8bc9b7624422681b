"""Reads of this area."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Exists, OuterRef, QuerySet

from pakten.accounts.models import User
from pakten.figures.models import FrozenFigure
from pakten.members.models import Application, Membership
from pakten.members.queries.conflicts import closed_organisations
from pakten.organisations.models import Organisation


def frozen_figures() -> QuerySet[FrozenFigure]:
    """All frozen copies, latest first, without their contents."""
    return FrozenFigure.objects.select_related("made_by").defer("content")


def frozen_figure(public_id: str) -> FrozenFigure:
    """The copy with this address. Raises FrozenFigure.DoesNotExist."""
    return FrozenFigure.objects.select_related("made_by").get(public_id=public_id)


def organisations_in(public_ids: Collection[str]) -> QuerySet[Organisation]:
    """The organisations that a frozen number counted, by name, each with ``was_member``."""
    found = Organisation.objects.filter(public_id__in=public_ids)
    member = Exists(Membership.objects.filter(organisation=OuterRef("pk")))
    return found.annotate(was_member=member).order_by("sort_key", "pk")


def closed_to(reader: User, case_ids: Iterable[int]) -> frozenset[str]:
    """The organisations about which the reader has a conflict of interest, in these cases or in others."""
    found = Application.objects.filter(case__in=list(case_ids), organisation__isnull=False)
    about = Organisation.objects.filter(pk__in=closed_organisations(reader))
    applied = found.values_list("organisation__public_id", flat=True)
    return frozenset(applied) | frozenset(about.values_list("public_id", flat=True))
