"""Writes: each is one verb, one transaction, one policy check and one entry in the log."""

from pakten.organisations.services.contacts import (
    add_contact,
    change_contact,
    end_contact,
    inform_contact,
    invite_contact,
)
from pakten.organisations.services.many import create_organisations, delete_organisations
from pakten.organisations.services.merging import (
    MergeFacts,
    merge,
    say_not_same,
    take_back_not_same,
    undo_merge,
)
from pakten.organisations.services.organisation import (
    add_name,
    change_organisation,
    change_own_card,
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
    "MergeFacts",
    "add_contact",
    "add_known_person",
    "add_known_persons",
    "add_name",
    "add_ownership_stake",
    "change_contact",
    "change_organisation",
    "change_own_card",
    "create_organisation",
    "create_organisations",
    "delete_organisation",
    "delete_organisations",
    "end_contact",
    "end_known_person",
    "end_ownership_stake",
    "inform_contact",
    "invite_contact",
    "merge",
    "restore_organisation",
    "say_not_same",
    "take_back_not_same",
    "undo_merge",
    "update_versioned",
]
