"""What the invented network and the invented list consist of: frozen values, no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person whom the city knows of in an organisation. ``birth_date`` is ISO 8601, maybe only a year."""

    name: str
    role: str  # board | signatory | managing_director | beneficial_owner
    birth_date: str = ""


@dataclass(frozen=True, slots=True)
class DemoStake:
    """``owner_name`` holds ``percentage`` (0-100, None = not known) of the organisation it stands in."""

    owner_name: str
    owner_is_person: bool
    percentage: Decimal | None
    owner_org_nr: str = ""
    owner_country: str = ""
    owner_birth_date: str = ""


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """An invented organisation. ``org_nr`` is ten digits or empty, ``website`` empty or a reserved domain."""

    key: str
    name: str
    legal_form: str
    sector: str  # private | civil | public
    org_nr: str
    place: str
    website: str
    email: str
    description: str
    other_names: tuple[str, ...] = ()
    persons: tuple[DemoPerson, ...] = ()
    stakes: tuple[DemoStake, ...] = ()


@dataclass(frozen=True, slots=True)
class DemoMember:
    """An organisation's membership."""

    organisation: DemoOrganisation
    state: str  # active | dormant
    joined_on: date
    agreement: str  # bound | equivalent_terms_stated | no | unknown | no_employees


@dataclass(frozen=True, slots=True)
class ListedName:
    """One ``nameAlias``. ``language`` is upper-case ISO 639-1 or empty; ``strong`` False = weak alias."""

    text: str
    language: str = ""
    strong: bool = True
    function: str = ""


@dataclass(frozen=True, slots=True)
class ListedBirth:
    """A birth date as the list gives it: a full date, a year (maybe circa), or a range of years."""

    day: date | None = None
    year: int | None = None
    circa: bool = False
    year_from: int | None = None
    year_to: int | None = None
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """An ``identification``: ``kind`` is passport, id, regnumber, fiscalcode or imo."""

    kind: str
    number: str
    country: str


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """Where the list says that the party is."""

    city: str
    country: str
    street: str = ""


@dataclass(frozen=True, slots=True)
class ListedParty:
    """An invented person (``is_person``) or enterprise on the invented list. ``number`` is unique on it."""

    number: int
    is_person: bool
    names: tuple[ListedName, ...]
    programme: str
    listed_on: date
    citizenship: str = ""
    gender: str = ""
    births: tuple[ListedBirth, ...] = ()
    numbers: tuple[ListedNumber, ...] = ()
    addresses: tuple[ListedAddress, ...] = ()

    @property
    def reference(self) -> str:
        """The list's own reference, which is the entry's id for whoever reads the list."""
        return f"EU.{self.number}.1"


@dataclass(frozen=True, slots=True)
class PlantedCase:
    """Something that the control, or a person who reads the demo, shall come upon.

    ``listed`` are the parties of the list that it is about; ``subject`` is the name in the network that is
    alike, empty where there is none.
    """

    code: str
    title: str
    organisation: str
    legal_form: str = "aktiebolag"
    subject: str = ""
    listed: tuple[int, ...] = ()
    persons: tuple[DemoPerson, ...] = ()
    stakes: tuple[DemoStake, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class DemoNetwork:
    """The members, the organisations that only own members, and the cases planted among them."""

    members: tuple[DemoMember, ...]
    owners: tuple[DemoOrganisation, ...]
    cases: tuple[PlantedCase, ...]
