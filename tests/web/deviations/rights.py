"""Who may open the addresses of ``pakten.deviations``, and the objects that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.people import person
from tests.web.deviations import made
from tests.web.members.applying import objects as apply_objects
from tests.web.members.handling import desk
from tests.web.members.own_file import correspondence
from tests.web.role_sets import CONTACTS, OFFICERS, PUBLIC

from pakten.accounts.models import Role, User
from pakten.deviations import services
from pakten.deviations.models import Deviation, Level
from pakten.organisations.models import Sector

READERS = (*OFFICERS, Role.DIRECTOR, Role.AUDITOR)
MATRIX: dict[str, Iterable[str] | str] = {
    "deviations:list": READERS,
    "deviations:export": READERS,
    "deviations:deviation": READERS,
    "deviations:new": OFFICERS,
    "deviations:new_of_application": OFFICERS,
    "deviations:confirm": OFFICERS,
    "deviations:assess": OFFICERS,
    "deviations:step": OFFICERS,
    "deviations:propose": OFFICERS,
    "deviations:withdraw": OFFICERS,
    "deviations:decide": (Role.MANAGER, Role.DIRECTOR),
    "deviations:tell": OFFICERS,
    "deviations:register_comment": OFFICERS,
    "deviations:add_evidence": OFFICERS,
    "deviations:dispose": (Role.MANAGER,),
    "deviations:own_deviations": CONTACTS,
    "deviations:own_comment": CONTACTS,
    # Whoever has the link of the application.
    "deviations:applicant_comment": PUBLIC,
}


def _told(_user: User) -> dict[str, Any]:
    """One that is in the diary, and about which a proposal waits."""
    deviation = made.confirmed()
    made.proposed(deviation, Level.ESCALATED)
    return {"public_id": deviation.public_id}


def _observed(_user: User) -> dict[str, Any]:
    return {"public_id": made.observation().public_id}


def _confirmed(_user: User) -> dict[str, Any]:
    return {"public_id": made.confirmed().public_id}


def _dismissed(_user: User) -> dict[str, Any]:
    return {"public_id": made.at(Level.DISMISSED).public_id}


def _member(_user: User) -> dict[str, Any]:
    return {"public_id": made.organisation().public_id}


def _application(_user: User) -> dict[str, Any]:
    return {"public_id": desk.sent().public_id}


def _own(user: User) -> dict[str, Any]:
    """The file of the organisation whose contact this person is; nobody else is one."""
    who = user if isinstance(user, User) else person(Role.MEMBER_CONTACT)
    return {"public_id": correspondence.contact_as(who).organisation.public_id}


def _own_one(user: User) -> dict[str, Any]:
    who = user if isinstance(user, User) else person(Role.MEMBER_CONTACT)
    contact = correspondence.contact_as(who)
    deviation = made.confirmed(contact.organisation)
    return {"public_id": contact.organisation.public_id, "deviation_id": deviation.public_id}


def of_applicant() -> tuple[Deviation, str]:
    """A deviation in an application's case, and the secret of the application's link."""
    application, token = apply_objects.sent(Sector.CIVIL)
    found = made.found(application=application)
    deviation = services.note_and_confirm(
        application.organisation, found, assessment=made.assessment(), actor=made.officer()
    )
    return deviation, token


def _applicant(_user: User) -> dict[str, Any]:
    deviation, token = of_applicant()
    return {"token": token, "deviation_id": deviation.public_id}


OBJECTS: dict[str, Callable[[User], dict[str, Any]]] = {
    "deviations:export": lambda _user: {"form": "csv"},
    "deviations:deviation": _told,
    "deviations:new": _member,
    "deviations:new_of_application": _application,
    "deviations:confirm": _observed,
    "deviations:assess": _confirmed,
    "deviations:step": _confirmed,
    "deviations:propose": _confirmed,
    "deviations:withdraw": _told,
    "deviations:decide": _told,
    "deviations:tell": _confirmed,
    "deviations:register_comment": _confirmed,
    "deviations:add_evidence": _confirmed,
    "deviations:dispose": _dismissed,
    "deviations:own_deviations": _own,
    "deviations:own_comment": _own_one,
    "deviations:applicant_comment": _applicant,
}
