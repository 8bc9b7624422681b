"""Writes: each is one verb, one transaction, one policy check and one entry in the log."""

from pakten.organisations.services.many import create_organisations, delete_organisations
from pakten.organisations.services.organisation import (
    add_name,
    change_organisation,
    create_organisation,
)
from pakten.organisations.services.people import (
    add_known_person,
    add_known_persons,
    add_ownership_stake,
    end_known_person,
    end_ownership_stake,
)
from pakten.organisations.services.restoring import delete_organisation, restore_organisation
from pakten.organisations.services.versions import update_versioned

__all__ = [
    "add_known_person",
    "add_known_persons",
    "add_name",
    "add_ownership_stake",
    "change_organisation",
    "create_organisation",
    "create_organisations",
    "delete_organisation",
    "delete_organisations",
    "end_known_person",
    "end_ownership_stake",
    "restore_organisation",
    "update_versioned",
]
