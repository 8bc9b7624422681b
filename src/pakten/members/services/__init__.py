"""Writes: each is one verb, one transaction, one policy check and one entry in the log."""

from pakten.members.services.many import admit_many, withdraw_admissions
from pakten.members.services.membership import (
    MembershipFacts,
    StateChange,
    admit,
    change_agreement,
    change_state,
    correct_joined_on,
    restore_membership,
    withdraw_admission,
)

__all__ = [
    "MembershipFacts",
    "StateChange",
    "admit",
    "admit_many",
    "change_agreement",
    "change_state",
    "correct_joined_on",
    "restore_membership",
    "withdraw_admission",
    "withdraw_admissions",
]
