"""One applied row taken back, exactly, from its receipt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError

from pakten.accounts.models import User
from pakten.members.imports.applying import Receipt
from pakten.members.models import Membership
from pakten.members.services import many
from pakten.members.services import membership as memberships
from pakten.organisations import services as organisations
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import ChangedMeanwhile
from pakten.organisations.services.restoring import Earlier

CHANGED = "Uppgifterna har ändrats efter importen."
IN_USE = "Uppgifterna används i en kontroll eller på annat håll."


def is_new(receipt: Receipt) -> bool:
    """Whether the row stored an organisation that was not there before."""
    return bool(receipt.get("organisation", {}).get("created"))


def take_back_new(receipts: Sequence[Receipt], *, actor: User, reason: str) -> bool:
    """Undo rows that stored new organisations, all in one step; False, and nothing undone, if one stays."""
    periods = {r["membership"]["pk"]: r["membership"]["version"] for r in receipts}
    rows = {r["organisation"]["pk"]: r["organisation"]["version"] for r in receipts}
    try:
        with transaction.atomic():
            many.withdraw_admissions(periods, actor=actor, reason=reason)
            organisations.delete_organisations(rows, actor=actor, reason=reason)
    except (ChangedMeanwhile, ProtectedError):
        return False
    return True


def take_back(receipt: Receipt, *, actor: User, reason: str) -> str:
    """Undo the row. Gives back an empty text, or why the row was left wholly as it is."""
    try:
        with transaction.atomic():
            if "membership" in receipt:
                _membership(receipt["membership"], actor=actor, reason=reason)
            if "organisation" in receipt:
                _organisation(receipt["organisation"], actor=actor, reason=reason)
    except (ChangedMeanwhile, Organisation.DoesNotExist, Membership.DoesNotExist):
        return CHANGED
    except ProtectedError:
        return IN_USE
    return ""


def _membership(done: Receipt, *, actor: User, reason: str) -> None:
    row = Membership.objects.select_related("organisation").get(pk=done["pk"])
    version = done["version"]
    if done.get("created"):
        memberships.withdraw_admission(row, actor=actor, reason=reason, expected_version=version)
    else:
        columns = _values(row, done["before"])
        memberships.restore_membership(row, columns, actor=actor, reason=reason, expected_version=version)


def _organisation(done: Receipt, *, actor: User, reason: str) -> None:
    row = Organisation.objects.get(pk=done["pk"])
    version = done["version"]
    if done.get("created"):
        organisations.delete_organisation(row, actor=actor, reason=reason, expected_version=version)
    else:
        earlier = Earlier(_values(row, done["before"]), done["persons"], done["names"])
        organisations.restore_organisation(row, earlier, actor=actor, reason=reason, expected_version=version)


def _values(row: Model, before: Mapping[str, Any]) -> dict[str, Any]:
    fields = {field.attname: field for field in row._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in before.items()}
