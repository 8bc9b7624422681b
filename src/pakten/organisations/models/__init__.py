"""Organisations and what is known of them: names, people, owners, branches. Every fact carries its source."""

from pakten.organisations.models.contact import ContactPerson
from pakten.organisations.models.group import Branch
from pakten.organisations.models.merge import Merge, NotDuplicates
from pakten.organisations.models.organisation import Employees, Organisation, OrganisationName, Sector
from pakten.organisations.models.people import KnownPerson, OwnershipStake, OwnerType, PersonRole
from pakten.organisations.models.register import (
    LookupOutcome,
    RegisterInForce,
    RegisterLookup,
    RegisterOrigin,
)
from pakten.organisations.models.sourced import SourcedFact

__all__ = [
    "Branch",
    "ContactPerson",
    "Employees",
    "KnownPerson",
    "LookupOutcome",
    "Merge",
    "NotDuplicates",
    "Organisation",
    "OrganisationName",
    "OwnerType",
    "OwnershipStake",
    "PersonRole",
    "RegisterInForce",
    "RegisterLookup",
    "RegisterOrigin",
    "Sector",
    "SourcedFact",
]
