"""A small invented world to control: a list in the EU's own format, and members with persons and owners."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.utils import timezone
from tests.people import person

from pakten.accounts.models import Role, User
from pakten.checks import services
from pakten.checks.models import Control, ControlRun, Likeness, ListEdition, Origin
from pakten.checks.services import control, pointers, runs
from pakten.demo.sanctions import LIST_ID, write_list
from pakten.demo.values import ListedBirth, ListedName, ListedParty
from pakten.members.models import Membership
from pakten.members.services import MembershipFacts, admit
from pakten.organisations.facts import FactSource, OrganisationFacts, PersonFacts
from pakten.organisations.models import Organisation, PersonRole, Sector
from pakten.organisations.services import create_organisation

LISTED_FIRM = "Zaslonovskij Turbinverk"
LISTED_PERSON = "Vladlen Kustodiarov"
FILLING = 40


def party(number: int, name: str, *, is_person: bool = False, birth: date | None = None) -> ListedParty:
    """One invented entry."""
    return ListedParty(
        number=number,
        is_person=is_person,
        names=(ListedName(name),),
        programme="DEMO-UKR",
        listed_on=date(2024, 5, 1),
        births=(ListedBirth(day=birth),) if birth else (),
    )


def parties(*more: ListedParty) -> list[ListedParty]:
    """A list's entries: one firm, one person, and enough others that one change is no landslide."""
    filling = [party(1000 + i, f"Obruchevskij Kvartsbolag nummer {i}") for i in range(FILLING)]
    born = date(1961, 4, 9)
    return [party(1, LISTED_FIRM), party(2, LISTED_PERSON, is_person=True, birth=born), *filling, *more]


def list_file(folder: Path, entries: list[ListedParty], *, day: int = 1) -> Path:
    """The entries as a file, dated by ``day``."""
    moment = datetime(2026, 10, day, 6, tzinfo=UTC)
    path = folder / f"lista-{day}.xml"
    path.write_bytes(write_list(entries, moment))
    return path


@dataclass(slots=True)
class World:
    """What the tests act on. Hanna controls, Cecilia decides; both may judge."""

    folder: Path
    officer: User = field(default_factory=lambda: person(Role.CASE_OFFICER))
    manager: User = field(default_factory=lambda: person(Role.MANAGER))

    def take(
        self,
        entries: list[ListedParty] | None = None,
        *,
        day: int = 1,
        ago: timedelta = timedelta(0),
        list_id: str = LIST_ID,
    ) -> ListEdition:
        """Take in an edition and put it in force."""
        path = list_file(self.folder, parties() if entries is None else entries, day=day)
        arrival = services.Arrival(Origin.IMPORTED, timezone.now() - ago, override_reason="Prov")
        edition = services.take_edition(list_id, path, actor=self.officer, arrival=arrival)
        # What happens at the commit, which most tests never reach.
        pointers.store().switch(edition.list_id, edition.edition_id)
        return edition

    def now(self) -> datetime:
        """The moment."""
        return timezone.now()

    def member(
        self, name: str, *persons: PersonFacts, sector: Sector = Sector.PRIVATE, number: str | None = None
    ) -> Membership:
        """An active member."""
        source = FactSource("Prov", recorded_at=timezone.now())
        facts = OrganisationFacts(legal_name=name, sector=sector, org_nr=number, persons=persons)
        row = create_organisation(facts, actor=self.officer, source=source)
        return admit(row, MembershipFacts(), actor=self.officer, reason="Prov")

    def run(self) -> ControlRun:
        """Control everybody, in this process."""
        run = runs.start(actor=self.officer)
        return control.execute(run.pk, tell=lambda done, total: None)

    def control_of(self, membership: Membership) -> Control:
        """The member's newest control."""
        return Control.objects.filter(membership=membership).latest("pk")

    def likeness(self) -> Likeness:
        """The only one."""
        return Likeness.objects.get()

    def judge(
        self, verdict: str, *, actor: User | None = None, reason: str = "Annan ort och annan verksamhet"
    ) -> Likeness:
        """Judge the only likeness as it is now."""
        likeness = self.likeness()
        opinion = services.Opinion(verdict, reason, needed="Födelsedatum" if verdict == "cannot_tell" else "")
        services.judge(likeness.pk, opinion, actor=actor or self.officer, version=likeness.version)
        return self.likeness()


def board(name: str, birth_date: str = "") -> PersonFacts:
    """A board member."""
    return PersonFacts(name, PersonRole.BOARD, birth_date)


__all__ = [
    "LISTED_FIRM",
    "LISTED_PERSON",
    "LIST_ID",
    "Organisation",
    "World",
    "board",
    "list_file",
    "parties",
    "party",
]
