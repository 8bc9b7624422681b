"""The conditional update: of two who change the same thing at once, one wins and the other is told."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from pakten.core.versions import write_version
from pakten.records.refusals import ChangedMeanwhile


def update_versioned(row: Model, expected_version: int, **values: Any) -> None:
    """Write ``values`` and the next version if the row has ``expected_version``; set them on ``row`` too.

    Raises ChangedMeanwhile, with nothing written, when somebody was there first.
    """
    if not write_version(row, expected_version, **values):
        raise ChangedMeanwhile(str(row))
