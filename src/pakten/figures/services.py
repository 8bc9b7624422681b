"""Freezing: a figure is kept as it was told, so that it can be cited."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.figures import freezing
from pakten.figures.figure import Figure
from pakten.figures.models import FrozenFigure
from pakten.figures.policies import check_may_freeze
from pakten.records.words import one_line


@transaction.atomic
def freeze(figure: Figure, as_of: date, *, actor: User, reason: str = "") -> FrozenFigure:
    """Keep values, definition, day and lists. ``reason``: where it is used. Raises PermissionDenied."""
    check_may_freeze(actor)
    content = freezing.content_of(figure, as_of)
    frozen = FrozenFigure.objects.create(
        slug=figure.slug,
        title=figure.title,
        definition=figure.definition,
        as_of=as_of,
        content=content,
        sha256=freezing.digest(figure.slug, figure.definition, as_of=as_of, content=content),
        reason=one_line(reason, 300),
        made_by=actor,
    )
    after = {"figure": figure.title, "as_of": as_of, "sha256": frozen.sha256}
    record("figures.figure.frozen", frozen, actor=actor, after=after, reason=frozen.reason)
    return frozen
