"""Persons and owners of an organisation. Each write raises the organisation's version too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from pakten.accounts.models import User
from pakten.audit.services import record
from pakten.organisations.facts import FactSource, PersonFacts, StakeFacts
from pakten.organisations.models import KnownPerson, Organisation, OwnershipStake
from pakten.organisations.policies import check_may_write, check_person, check_stake
from pakten.organisations.refusals import Refused
from pakten.organisations.services.versions import update_versioned
from vandel.ids import orgnr


def add_known_person(
    organisation: Organisation, person: PersonFacts, *, actor: User, source: FactSource
) -> KnownPerson:
    """Store one person's role. Raises Refused when the person already has it."""
    added = add_known_persons(organisation, (person,), actor=actor, source=source)
    if not added:
        raise Refused(f"{person.name} finns redan med den rollen.")
    return added[0]


@transaction.atomic
def add_known_persons(
    organisation: Organisation, persons: Iterable[PersonFacts], *, actor: User, source: FactSource
) -> Sequence[KnownPerson]:
    """Store those of ``persons`` who don't already hold their role; gives back what was added."""
    check_may_write(actor)
    held = set(_held_today(organisation).values_list("name", "role", "birth_date"))
    new = [p for p in dict.fromkeys(persons) if (p.name, str(p.role), p.birth_date) not in held]
    for person in new:
        check_person(person)
    if not new:
        return ()
    rows = [
        KnownPerson.objects.create(organisation=organisation, **_plain(person), **source.columns())
        for person in new
    ]
    update_versioned(organisation, organisation.version)
    after = {"persons": [_plain(person) for person in new]}
    record("organisations.person.added", organisation, actor=actor, after=after, reason=source.what)
    return rows


@transaction.atomic
def end_known_person(person: KnownPerson, *, on: date, actor: User, reason: str) -> None:
    """Note that the person no longer holds the role from ``on``. The row stays as history."""
    check_may_write(actor)
    if not KnownPerson.objects.filter(pk=person.pk, valid_to=None).update(valid_to=on):
        raise Refused("Rollen är redan avslutad.")
    person.valid_to = on
    update_versioned(person.organisation, person.organisation.version)
    after = {"name": person.name, "role": person.role, "valid_to": on}
    record("organisations.person.ended", person.organisation, actor=actor, after=after, reason=reason)


@transaction.atomic
def add_ownership_stake(
    asset: Organisation, stake: StakeFacts, *, actor: User, source: FactSource
) -> OwnershipStake:
    """Store one owner's share. Raises Refused for a share outside 0-100 or an owner of itself."""
    check_may_write(actor)
    check_stake(stake)
    if stake.owner is not None and stake.owner.pk == asset.pk:
        raise Refused("En organisation kan inte stå som ägare av sig själv.")
    values = {name: getattr(stake, name) for name in stake.__dataclass_fields__}
    row = OwnershipStake.objects.create(asset=asset, **values, **source.columns())
    update_versioned(asset, asset.version)
    after = values | {"owner_org_nr": orgnr.mask(stake.owner_org_nr) if stake.owner_org_nr else ""}
    after["owner"] = stake.owner.public_id if stake.owner else None
    record("organisations.stake.added", asset, actor=actor, after=after, reason=source.what)
    return row


@transaction.atomic
def end_ownership_stake(stake: OwnershipStake, *, on: date, actor: User, reason: str) -> None:
    """Note that the owner no longer has the share from ``on``. The row stays as history."""
    check_may_write(actor)
    if not OwnershipStake.objects.filter(pk=stake.pk, valid_to=None).update(valid_to=on):
        raise Refused("Innehavet är redan avslutat.")
    stake.valid_to = on
    update_versioned(stake.asset, stake.asset.version)
    after = {"owner_name": stake.owner_name, "valid_to": on}
    record("organisations.stake.ended", stake.asset, actor=actor, after=after, reason=reason)


def _held_today(organisation: Organisation) -> QuerySet[KnownPerson]:
    return KnownPerson.objects.filter(organisation=organisation, valid_to=None)


def _plain(person: PersonFacts) -> dict[str, object]:
    return asdict(person)
