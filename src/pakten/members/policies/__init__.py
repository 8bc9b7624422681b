"""Who may do what with members, and whether it may happen now."""

from pakten.members.policies.memberships import (
    READERS,
    WRITERS,
    check_import_transition,
    check_may_write,
    check_transition,
    may_write,
)

__all__ = [
    "READERS",
    "WRITERS",
    "check_import_transition",
    "check_may_write",
    "check_transition",
    "may_write",
]
