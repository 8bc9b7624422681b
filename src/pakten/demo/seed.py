"""Puts the invented network into an empty database, through the same services as a person at the screen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pakten.accounts.models import Role, User
from pakten.accounts.services import add_demo_people
from pakten.demo.network import build_network
from pakten.demo.values import DemoMember, DemoNetwork, DemoOrganisation, DemoStake
from pakten.members.models import CollectiveAgreement, State
from pakten.members.services import MembershipFacts, admit
from pakten.organisations.facts import FactSource, OrganisationFacts, PersonFacts, StakeFacts
from pakten.organisations.models import Organisation, OwnerType, PersonRole, Sector
from pakten.organisations.services import add_ownership_stake, create_organisation

SOURCE = "Påhittat register för demonstration"


class NotEmpty(Exception):
    """The database holds organisations that are not the demo's; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Seeded:
    """How many members the demo has, and whether this call put them there."""

    members: int
    new: bool


def administrator() -> User:
    """The invented administrator who stands as the doer of everything in the demo; made when missing."""
    return next(user for user in add_demo_people() if user.role_assignments.filter(role=Role.ADMINISTRATOR))


@transaction.atomic
def seed_network(*, now: datetime) -> Seeded:
    """Store the demo's people and network, all or nothing; does nothing where they are already.

    Raises NotEmpty when the database is somebody else's.
    """
    network = build_network()
    actor = administrator()
    if Organisation.objects.filter(source=SOURCE).exists():
        return Seeded(len(network.members), new=False)
    if Organisation.objects.exists():
        raise NotEmpty("The database holds organisations that are not the demo's; nothing was changed.")
    _Seeding(actor, FactSource(SOURCE, recorded_at=now)).store(network)
    return Seeded(len(network.members), new=True)


class _Seeding:
    """One seeding under way: who does it, from what source, and who is stored so far, by number."""

    def __init__(self, actor: User, source: FactSource) -> None:
        self._actor = actor
        self._source = source
        self._by_number: dict[str, Organisation] = {}

    def store(self, network: DemoNetwork) -> None:
        """Owners first, so that the members' stakes can point at them."""
        rows = [(each, self._organisation(each)) for each in network.owners]
        for member in network.members:
            rows.append((member.organisation, self._member(member)))
        for organisation, row in rows:
            self._stakes(row, organisation.stakes)

    def _member(self, member: DemoMember) -> Organisation:
        row = self._organisation(member.organisation)
        facts = MembershipFacts(
            joined_on=member.joined_on,
            state=State(member.state),
            collective_agreement=CollectiveAgreement(member.agreement),
        )
        admit(row, facts, actor=self._actor, reason=self._source.what)
        return row

    def _organisation(self, organisation: DemoOrganisation) -> Organisation:
        row = create_organisation(_facts(organisation), actor=self._actor, source=self._source)
        if organisation.org_nr:
            self._by_number[organisation.org_nr] = row
        return row

    def _stakes(self, asset: Organisation, stakes: Iterable[DemoStake]) -> None:
        for stake in stakes:
            facts = StakeFacts(
                owner_type=OwnerType.PERSON if stake.owner_is_person else OwnerType.ORGANISATION,
                owner_name=stake.owner_name,
                percentage=stake.percentage,
                owner_org_nr=stake.owner_org_nr,
                owner_country=stake.owner_country,
                owner_birth_date=stake.owner_birth_date,
                owner=self._by_number.get(stake.owner_org_nr),
            )
            add_ownership_stake(asset, facts, actor=self._actor, source=self._source)


def _facts(organisation: DemoOrganisation) -> OrganisationFacts:
    return OrganisationFacts(
        legal_name=organisation.name,
        sector=Sector(organisation.sector),
        org_nr=organisation.org_nr or None,
        legal_form=organisation.legal_form,
        place=organisation.place,
        website=organisation.website,
        email=organisation.email,
        description=organisation.description,
        persons=tuple(PersonFacts(p.name, PersonRole(p.role), p.birth_date) for p in organisation.persons),
        other_names=organisation.other_names,
    )
