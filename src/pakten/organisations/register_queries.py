"""Reads: the registers that we know of, and what they last said of an organisation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from pakten.organisations.models import Organisation, RegisterInForce, RegisterLookup, RegisterOrigin
from pakten.organisations.registers.apis import Api, apis
from pakten.organisations.registers.books import store
from vandel.registers.catalogue import ANSWER_DAYS, RegisterSource


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


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a register last said: since when it is known to be so, and for how many days that holds.

    ``is_connected``: the register can be asked again. An answer *counts* while it is, and isn't too old.
    """

    row: RegisterLookup
    dated: datetime
    days: int
    is_connected: bool
    now: datetime

    @property
    def is_old(self) -> bool:
        return self.now - self.dated > timedelta(days=self.days)

    @property
    def counts(self) -> bool:
        return self.is_connected and not self.is_old

    @property
    def why_not(self) -> str:
        """Why it does not count, in a sentence; empty where it does."""
        since = f"uppgiften är från {timezone.localdate(self.dated):%Y-%m-%d}"
        age = f"{since}, äldre än {self.days} dagar" if self.is_old else since
        if not self.is_connected:
            return f"{self.row.title} är inte längre kopplat, {age}."
        return f"{self.row.title}: {age}." if self.is_old else ""


def latest_answers(organisation: Organisation) -> list[KeptAnswer]:
    """What each register last said, in the order in which they were asked."""
    newest: dict[str, RegisterLookup] = {}
    for row in RegisterLookup.objects.filter(organisation=organisation).order_by("-pk")[:200]:
        newest.setdefault(row.register_id, row)
    if not newest:
        return []
    editions = {row.pk: row for row in RegisterInForce.objects.filter(pk__in=newest).exclude(edition_id="")}
    files, online = store().sources(), {api.register_id: api for api in apis()}
    now, kept = timezone.now(), []
    for row in sorted(newest.values(), key=lambda each: each.pk):
        edition, api = editions.get(row.register_id), online.get(row.register_id)
        known = api or files.get(row.register_id)
        days = known.answer_days if known else ANSWER_DAYS
        is_connected = edition is not None or bool(api and api.ask)
        kept.append(KeptAnswer(row, _dated(row, edition), days, is_connected, now))
    return kept


def _dated(row: RegisterLookup, edition: RegisterInForce | None) -> datetime:
    """Since when we know it: what the publisher was later found to still have is as new as that look."""
    said = row.said_at or row.at
    if edition is None or edition.edition_id != row.edition_id or edition.confirmed_at is None:
        return said
    return max(said, edition.confirmed_at) if edition.origin == RegisterOrigin.FETCHED else said
