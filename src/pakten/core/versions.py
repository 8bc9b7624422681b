"""The conditional update: of two who change the same row at once, one wins and the other is told."""

from __future__ import annotations

from typing import Any

from django.db.models import Model


def write_version(row: Model, expected_version: int, **values: Any) -> bool:
    """Write ``values`` and the next version if the row has ``expected_version``; set them on ``row`` too.

    False, with nothing written, when somebody was there first: the service raises its area's refusal.
    """
    values |= {"version": expected_version + 1}
    manager = type(row)._default_manager
    if not manager.filter(pk=row.pk, version=expected_version).update(**values):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    return True
