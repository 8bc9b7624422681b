"""Reads: the registers that we know of, and what they last said of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from pakten.organisations.models import Organisation, RegisterInForce, RegisterLookup
from pakten.organisations.registers.apis import Api, apis
from pakten.organisations.registers.books import store
from vandel.registers.catalogue import RegisterSource


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A register that comes as a file, with the row about it, if anybody has tried to take one in."""

    source: RegisterSource
    row: RegisterInForce | None
    now: datetime

    @property
    def is_in_force(self) -> bool:
        return self.row is not None and bool(self.row.edition_id)

    @property
    def age_hours(self) -> int | None:
        """Whole hours since the publisher was last found to have this edition."""
        at = self.row.confirmed_at if self.row else None
        return None if at is None else int((self.now - at).total_seconds() // 3600)

    @property
    def is_old(self) -> bool:
        """Whether a newer file should be there by now."""
        return self.age_hours is not None and self.age_hours >= self.source.warn_after_hours

    @property
    def is_red(self) -> bool:
        """Whether it is too old to lean on."""
        return self.age_hours is not None and self.age_hours >= self.source.red_after_hours


def register_lines() -> list[RegisterLine]:
    """All registers that come as files, those in force first."""
    rows, now = {row.pk: row for row in RegisterInForce.objects.select_related("taken_by")}, timezone.now()
    lines = [RegisterLine(source, rows.get(source.id), now) for source in store().sources().values()]
    return sorted(lines, key=lambda line: not line.is_in_force)


def register_line(register_id: str) -> RegisterLine | None:
    """One register; None when we don't know it."""
    return next((line for line in register_lines() if line.source.id == register_id), None)


def register_apis() -> list[Api]:
    """The registers asked over the network, connected or not."""
    return apis()


def is_connected() -> bool:
    """Whether there is any register to ask."""
    return RegisterInForce.objects.exclude(edition_id="").exists() or any(api.ask for api in apis())


def can_be_asked(organisation: Organisation) -> bool:
    """Whether any register can say something of it: no file holds sole traders."""
    if not organisation.org_nr:
        return False
    if organisation.sole_trader:
        return any(api.ask and api.knows_persons for api in apis())
    return is_connected()


def latest_lookups(organisation: Organisation) -> list[RegisterLookup]:
    """What each register last said, in the order in which they were asked."""
    newest: dict[str, RegisterLookup] = {}
    for row in RegisterLookup.objects.filter(organisation=organisation).order_by("-pk")[:200]:
        newest.setdefault(row.register_id, row)
    return sorted(newest.values(), key=lambda row: row.pk)
