"""Organisations and what is known of them: other names, persons, owners. Every fact carries its source."""

from pakten.organisations.models.organisation import Organisation, OrganisationName, Sector
from pakten.organisations.models.people import KnownPerson, OwnershipStake, OwnerType, PersonRole
from pakten.organisations.models.sourced import SourcedFact

__all__ = [
    "KnownPerson",
    "Organisation",
    "OrganisationName",
    "OwnerType",
    "OwnershipStake",
    "PersonRole",
    "Sector",
    "SourcedFact",
]
