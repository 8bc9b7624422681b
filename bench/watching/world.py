"""An invented network and an invented list, as large as asked for and the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from random import Random

from django.utils import timezone

from pakten.accounts.models import User
from pakten.demo.sanctions import write_list
from pakten.demo.values import ListedName, ListedParty
from pakten.members.services.many import admit_many
from pakten.members.services.membership import MembershipFacts
from pakten.organisations.facts import FactSource, OrganisationFacts, PersonFacts
from pakten.organisations.models import OwnershipStake, OwnerType, PersonRole, Sector
from pakten.organisations.services.many import create_organisations

SYLLABLES = (
    "ka lo mi ren sta vik or zu be dra fon gul han is jo kro lin mar nov pet ul sven gra tor".split()  # noqa: SIM905
)
TRADES = (
    "Bygg Handel Konsult Teknik Transport Fastighet Media Vård Energi Service Industri Data".split()  # noqa: SIM905
)
FORMS = ("AB", "AB", "AB", "Holding AB", "LLC", "OOO", "GmbH")


class Names:
    """Invented names: a vocabulary of first, family and firm names, some far more common than others."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._first = self._words(900, most=2)
        self._last = self._words(9000, most=3)
        self._firm = self._words(7000, most=3)

    def person(self) -> str:
        return f"{self._common(self._first)} {self._common(self._last)}"

    def firm(self) -> str:
        words = [
            self._common(self._firm),
            *(self.random.sample(TRADES, 1) if self.random.random() < 0.6 else ()),
        ]
        if self.random.random() < 0.4:
            words.insert(0, self._common(self._firm))
        return " ".join([*words, self.random.choice(FORMS)])

    def _words(self, count: int, *, most: int) -> list[str]:
        made = ("".join(self.random.choices(SYLLABLES, k=self.random.randint(2, most))) for _ in range(count))
        return [word.capitalize() for word in made]

    def _common(self, words: list[str]) -> str:
        """The earlier in the list, the more common, as names are."""
        return words[int(len(words) * self.random.random() ** 2)]


def entries(names: Names, count: int) -> list[ListedParty]:
    """So many listed parties; two of three are persons, each with one to four names."""
    return [_entry(names, number) for number in range(1, count + 1)]


def _entry(names: Names, number: int, known: str = "") -> ListedParty:
    person = names.random.random() < 0.66
    write = names.person if person else names.firm
    texts = {known or write(): None} | {write(): None for _ in range(names.random.randint(0, 3))}
    return ListedParty(
        number, person, tuple(map(ListedName, texts)), programme="DEMO-UKR", listed_on=date(2024, 5, 1)
    )


def changed(names: Names, old: list[ListedParty], count: int, *, known: list[str]) -> list[ListedParty]:
    """The next edition: a third of the changes came (``known`` first), as many went, the rest renamed."""
    third = count // 3
    gone = set(names.random.sample(range(len(old)), third))
    rest = [entry for place, entry in enumerate(old) if place not in gone]
    for place in names.random.sample(range(len(rest)), third):
        rest[place] = _entry(names, rest[place].number)
    came = count - 2 * third
    fresh = [*known[:came], *([""] * (came - len(known)))]
    return rest + [_entry(names, len(old) + 1 + place, text) for place, text in enumerate(fresh)]


def list_file(folder: Path, parties: list[ListedParty], *, day: int) -> Path:
    path = folder / f"lista-{day}.xml"
    path.write_bytes(write_list(parties, datetime(2026, 10, day, 6, tzinfo=UTC)))
    return path


def network(names: Names, count: int, *, actor: User) -> list[str]:
    """Members with two to four persons each, and owners for two of three; some of the names that it has."""
    source = FactSource("Mätning", recorded_at=timezone.now())
    facts = list(_facts(names, count))
    rows = create_organisations(facts, actor=actor, source=source)
    admit_many([(row, MembershipFacts()) for row in rows], actor=actor, reason="Mätning")
    stakes = [
        OwnershipStake(
            asset=row,
            owner_type=OwnerType.ORGANISATION,
            owner_name=names.firm(),
            percentage=Decimal(50),
            **source.columns(),
        )
        for row in rows
        for _ in range(names.random.randint(0, 2))
    ]
    OwnershipStake.objects.bulk_create(stakes)
    return [facts[place].persons[0].name for place in range(0, count, count // 20)]


def _facts(names: Names, count: int) -> Iterator[OrganisationFacts]:
    for _ in range(count):
        people = {names.person() for _ in range(names.random.randint(2, 4))}
        persons = tuple(PersonFacts(name, PersonRole.BOARD) for name in sorted(people))
        yield OrganisationFacts(legal_name=names.firm(), sector=Sector.PRIVATE, persons=persons)
