"""What was changed outside the application, in the words of our own tables."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

from pakten.audit.models import OutsideChange

_DONE = {"insert": "Ny rad", "update": "Ändrad rad", "delete": "Borttagen rad"}


@dataclass(frozen=True, slots=True)
class Words:
    """What kind of thing it was, what was done to it, and which of its facts were touched."""

    what: str
    done: str
    columns: tuple[str, ...]


def in_words(change: OutsideChange) -> Words:
    """The change with the names that our tables have for people; the database's own where they have none."""
    model = next((one for one in apps.get_models() if one._meta.db_table == change.table_name), None)
    names = (
        {field.column: str(field.verbose_name) for field in model._meta.local_concrete_fields}
        if model
        else {}
    )
    return Words(
        str(model._meta.verbose_name) if model else change.table_name,
        _DONE.get(change.operation, change.operation),
        tuple(names.get(column, column) for column in change.columns.split()),
    )
