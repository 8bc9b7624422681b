"""From what is known of a member to what the engine compares: the organisation, its persons, its owners.

Nothing here reads or derives anybody's origin. A sole trader's number is a personal number and is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from pakten.checks.facts import facts_digest, plain
from pakten.checks.models import SubjectKind
from pakten.organisations.models import Organisation, OrganisationName, OwnershipStake, OwnerType
from pakten.organisations.queries import SubjectData
from vandel.ids import orgnr
from vandel.model import Directorship, Entity, Identifier, Name, NameKind, Ownership, Schema
from vandel.screening import Subject

_SCHEMAS = {"private": Schema.COMPANY, "civil": Schema.ORGANIZATION, "public": Schema.PUBLIC_BODY}
_PREFIX = {True: "person", False: "owner"}


@dataclass(frozen=True, slots=True)
class Bearer:
    """One who bears a name that is compared, and what they are to the member, in Swedish words.

    ``key`` is the same in every run as long as the name is.
    """

    kind: SubjectKind
    key: str
    entity: Entity
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the engine gets it, and who bears each name that it is asked about, by the engine's id."""

    subject: Subject
    bearers: dict[str, Bearer]


class _Bearers:
    """The bearers of one member while they are put together, by the engine's id."""

    def __init__(self, organisation: Entity) -> None:
        self.found = {organisation.id: Bearer(SubjectKind.ORGANISATION, "", organisation)}

    def add(self, kind: SubjectKind, entity: Entity, *, role: str) -> Entity | None:
        """Add one, and return it under its id; None when it is there already and only got one more role."""
        key = " ".join(entity.caption.casefold().split())[:200]
        # The name alone is the key, so that a birth date that becomes known reopens the same likeness;
        # those who share a name are told apart by what we know of them, and nobody is left out.
        facts = facts_digest(plain(entity), {})[:16]
        born = "|".join(entity.birth_dates)
        for candidate in (key, f"{key}|{born}", f"{key}|{kind}|{entity.schema}", f"{key}|{facts}"):
            entity = replace(entity, id=f"{_PREFIX[entity.schema.is_person]}:{candidate}")
            old = self.found.get(entity.id)
            if old is None:
                self.found[entity.id] = Bearer(kind, candidate, entity, (role,))
                return entity
            if old.entity == entity:
                self.found[entity.id] = replace(old, roles=tuple(dict.fromkeys((*old.roles, role))))
                return None
        return None


def member_of(data: SubjectData) -> Member:
    """What is known of one organisation, each bearer once, whatever the roles."""
    organisation = _organisation(data)
    bearers = _Bearers(organisation)
    directors: list[Directorship] = []
    owners: list[Ownership] = []
    for person in sorted(data.persons, key=lambda person: (person.name, person.birth_date, person.role)):
        entity = _person(person.name, person.birth_date)
        if new := bearers.add(SubjectKind.PERSON, entity, role=person.get_role_display()):
            directors.append(Directorship(new, organisation.id, person.role))
    for stake in data.stakes:
        if new := bearers.add(
            SubjectKind.OWNER, _owner(stake), role=_share_in_words(stake, data.organisation)
        ):
            owners.append(Ownership(new, _asset_id(stake, data.organisation), _percentage(stake)))
    return Member(Subject(organisation.id, organisation, tuple(owners), tuple(directors)), bearers.found)


def _organisation(data: SubjectData) -> Entity:
    row = data.organisation
    others = tuple(
        Name(
            other.name,
            NameKind.PREVIOUS if other.kind == OrganisationName.Kind.PREVIOUS else NameKind.ALIAS,
        )
        for other in data.names
    )
    return Entity(
        id=f"organisation:{row.public_id}",
        schema=_SCHEMAS[row.sector],
        names=(Name(row.legal_name), *others),
        countries=(row.country,) if row.country else (),
        identifiers=_number(row.org_nr),
    )


def _person(name: str, birth_date: str) -> Entity:
    return Entity(
        id="",
        schema=Schema.PERSON,
        names=(Name(name),),
        birth_dates=(birth_date,) if birth_date else (),
    )


def _owner(stake: OwnershipStake) -> Entity:
    if stake.owner_type == OwnerType.PERSON:
        return _person(stake.owner_name, stake.owner_birth_date)
    country = stake.owner_country or (stake.owner.country if stake.owner else "")
    names = [stake.owner_name]
    if stake.owner and stake.owner.legal_name != stake.owner_name:
        names.append(stake.owner.legal_name)
    return Entity(
        id="",
        schema=Schema.COMPANY,
        names=tuple(Name(name) for name in names),
        countries=(country,) if country else (),
        identifiers=_number(stake.owner_org_nr),
    )


def _number(value: str | None) -> tuple[Identifier, ...]:
    return (Identifier("orgnr", value),) if value and not orgnr.is_personal(value) else ()


def _percentage(stake: OwnershipStake) -> float | None:
    return None if stake.percentage is None else float(stake.percentage)


def _asset_id(stake: OwnershipStake, organisation: Organisation) -> str:
    return (
        f"organisation:{organisation.public_id}"
        if stake.asset_id == organisation.pk
        else f"asset:{stake.asset_id}"
    )


def _share_in_words(stake: OwnershipStake, organisation: Organisation) -> str:
    direct = stake.asset_id == organisation.pk
    share = (
        "okänd andel" if stake.percentage is None else f"{stake.percentage.normalize():f} %".replace(".", ",")
    )
    return f"äger {share}" if direct else f"ägare i ett led till ({share})"
