"""Writes about people: accounts and roles, signing in and out, ways of signing in."""

from pakten.accounts.services.contacts import invite_contact
from pakten.accounts.services.factors import close_other_sessions, note_changes, remove_factors
from pakten.accounts.services.people import (
    NewPerson,
    add_demo_people,
    add_from_identity,
    add_user,
    choose_password,
    close,
    invite,
    make_password_link,
    open_again,
    set_roles,
)
from pakten.accounts.services.sessions import (
    note_refused,
    note_refused_identity,
    note_refused_step,
    note_signed_in,
    note_signed_out,
)

__all__ = [
    "NewPerson",
    "add_demo_people",
    "add_from_identity",
    "add_user",
    "choose_password",
    "close",
    "close_other_sessions",
    "invite",
    "invite_contact",
    "make_password_link",
    "note_changes",
    "note_refused",
    "note_refused_identity",
    "note_refused_step",
    "note_signed_in",
    "note_signed_out",
    "open_again",
    "remove_factors",
    "set_roles",
]
