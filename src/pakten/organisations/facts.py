"""Facts on their way in: plain values with a source, cleaned before they are stored."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from pakten.organisations.models import Organisation, OwnerType, PersonRole, Sector


@dataclass(frozen=True, slots=True)
class FactSource:
    """Where a fact came from: ``what`` in words, ``where`` an address or file name, the digest of a file."""

    what: str
    recorded_at: datetime
    where: str = ""
    sha256: str = ""

    def columns(self) -> dict[str, object]:
        """The values of the source columns."""
        return {
            "source": self.what,
            "source_where": self.where,
            "recorded_at": self.recorded_at,
            "sha256": self.sha256,
        }


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person with a role. ``birth_date`` is ISO 8601, also ``1960`` or ``1960-08``."""

    name: str
    role: PersonRole
    birth_date: str = ""
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A person whom the city writes to at an organisation, with what they do there."""

    name: str
    title: str = ""
    email: str = ""
    phone: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """What is stored of an organisation when it first becomes known. ``org_nr`` is ten digits or None."""

    legal_name: str
    sector: Sector
    org_nr: str | None = None
    legal_form: str = ""
    place: str = ""
    country: str = "se"
    website: str = ""
    email: str = ""
    phone: str = ""
    description: str = ""
    persons: tuple[PersonFacts, ...] = field(default=())
    other_names: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class StakeFacts:
    """One owner's share; ``percentage`` None = not known. A person has neither number, country nor record."""

    owner_type: OwnerType
    owner_name: str
    percentage: Decimal | None = None
    owner_org_nr: str = ""
    owner_country: str = ""
    owner_birth_date: str = ""
    owner: Organisation | None = None
    valid_from: date | None = None
    valid_to: date | None = None


# The columns of Organisation that a person may change.
EDITABLE = (
    "legal_name",
    "org_nr",
    "legal_form",
    "sector",
    "place",
    "country",
    "website",
    "email",
    "phone",
    "description",
)

# Those that nobody writes when an organisation first becomes known, but that may be changed later.
CHANGEABLE = (*EDITABLE, "address", "employees", "branch_code")
# What a member's contact changes without asking. The rest is what we control by, and is corrected by us.
OWN_CARD = ("website", "email", "phone", "address", "employees", "description")

_BIRTH_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def is_birth_date(text: str) -> bool:
    """Whether ``text`` is a year, a year and month, or a day, in ISO 8601."""
    match = _BIRTH_DATE.fullmatch(text)
    if match is None:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True
