"""The conditional update: of two who change the same record at once, one wins and the other is told."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from pakten.core.versions import write_version
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import ChangedMeanwhile


def update_versioned(row: Model, expected_version: int, **values: Any) -> None:
    """Write ``values`` and the next version if the row has ``expected_version``; set them on ``row`` too.

    Each write to an organisation, its persons or owners comes here, so here it is told that its facts are
    others. Raises ChangedMeanwhile, with nothing written, when somebody was there first.
    """
    if not write_version(row, expected_version, **values):
        raise ChangedMeanwhile(str(row))
    if isinstance(row, Organisation):
        because = f"Uppgifterna om {row.legal_name} har ändrats."
        announce(Change(ChangeKind.MEMBER, because, frozenset({row.pk})))
