"""Memberships in periods, and imports of a member register."""

from pakten.members.models.membership import (
    STATE_EVENTS,
    TRANSITIONS,
    CollectiveAgreement,
    Membership,
    State,
)
from pakten.members.models.register_import import (
    IMPORT_EVENTS,
    IMPORT_TRANSITIONS,
    ImportRow,
    ImportState,
    Outcome,
    RegisterImport,
    SavedMapping,
)

__all__ = [
    "IMPORT_EVENTS",
    "IMPORT_TRANSITIONS",
    "STATE_EVENTS",
    "TRANSITIONS",
    "CollectiveAgreement",
    "ImportRow",
    "ImportState",
    "Membership",
    "Outcome",
    "RegisterImport",
    "SavedMapping",
    "State",
]
