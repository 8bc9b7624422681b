"""One row written by a merge, kept with its columns before and after, so that it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.db import DatabaseError, OperationalError, transaction
from django.db.models import Field, Model

from pakten.organisations.refusals import Refused


@dataclass(frozen=True, slots=True)
class Change:
    """Columns of one row (``model`` as ``app.model``) in JSON's values; ``added``: the merge made the row."""

    model: str
    pk: int
    before: dict[str, Any]
    after: dict[str, Any]
    added: bool = False

    def plain(self) -> dict[str, Any]:
        """As the merge stores it."""
        return asdict(self)


def write(row: Model, values: Mapping[str, Any]) -> Change | None:
    """Write columns (by their names in the table's row, ``organisation_id``) of a row.

    None, and nothing written, where the database refuses: another row stands in the way, or the row is
    evidence that never changes.
    """
    before = {name: _plain(row, name) for name in values}
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**values)
    except OperationalError:
        raise
    except DatabaseError:
        return None
    for name, value in values.items():
        setattr(row, name, value)
    after = {name: _plain(row, name) for name in values}
    return Change(row._meta.label_lower, row.pk, before, after)


def added(row: Model, *columns: str) -> Change:
    """A row that the merge made; it is taken back while ``columns`` are as they were."""
    return Change(
        row._meta.label_lower, row.pk, {}, {name: _plain(row, name) for name in columns}, added=True
    )


def revert(change: Change) -> None:
    """Make the row as it was. Raises Refused when somebody has changed or removed it since."""
    model = apps.get_model(change.model)
    row = model._base_manager.filter(pk=change.pk).first()
    if row is None or any(_plain(row, name) != value for name, value in change.after.items()):
        what = model._meta.verbose_name
        raise Refused(
            f"{what[:1].upper()}{what[1:]} {row if row is not None else 'som flyttades'} har ändrats efter "
            "sammanslagningen. Därför går den inte att ångra. Rätta posterna för hand."
        )
    rows = model._base_manager.filter(pk=change.pk)
    if change.added:
        rows.delete()
    else:
        rows.update(**{name: _field(model, name).to_python(v) for name, v in change.before.items()})


def _plain(row: Model, name: str) -> Any:
    value = getattr(row, name)
    if value is None or isinstance(value, str | int | bool | dict | list):
        return value if not isinstance(value, str) else str(value)
    return _field(type(row), name).value_to_string(row)


def _field(model: type[Model], name: str) -> Field[Any, Any]:
    return next(field for field in model._meta.concrete_fields if name in (field.attname, field.name))
