"""Reads of this area."""

from __future__ import annotations

from django.db.models import QuerySet

from pakten.figures.models import FrozenFigure


def frozen_figures() -> QuerySet[FrozenFigure]:
    """All frozen copies, latest first, without their contents."""
    return FrozenFigure.objects.select_related("made_by").defer("content")


def frozen_figure(public_id: str) -> FrozenFigure:
    """The copy with this address. Raises FrozenFigure.DoesNotExist."""
    return FrozenFigure.objects.select_related("made_by").get(public_id=public_id)
