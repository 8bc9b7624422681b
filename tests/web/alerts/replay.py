"""Two real editions of one list, and an invented network whose names are like many of their entries.

Nothing of this is kept: the names are made from the files while the test runs.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone
from tests.web.checks.world import World, board

from pakten.checks import services
from pakten.checks.models import ControlRun, Likeness, ListEdition, Origin
from pakten.checks.services import control, pointers, runs
from pakten.members.models import Membership
from pakten.organisations.facts import PersonFacts
from vandel.lists import read
from vandel.model import Entity, Listing

LIST_ID, OTHER_LIST_ID = "us-ofac-sdn", "us-ofac-consolidated"
FACTS = {
    "slag": lambda entity: entity.schema,
    "namn": lambda entity: frozenset(entity.names),
    "land": lambda entity: frozenset(entity.countries),
    "födelsetid": lambda entity: frozenset(entity.birth_dates),
    "nummer": lambda entity: frozenset(entity.identifiers),
}
_SEED = 20221122
# Of each kind of fate between the editions, how many entries somebody's name is like.
_OF_EACH = 30
_PERSONS = 3
# Every changed entry is in the replay, and of the others one in so many: the whole lists take minutes.
_ONE_IN = 6


@dataclass(frozen=True, slots=True)
class Editions:
    """Both files as read by the engine, and the rows as they stand in the files themselves."""

    old_file: Path
    new_file: Path
    old: Mapping[str, Listing]
    new: Mapping[str, Listing]
    untouched: frozenset[str]  # rows that are the same, letter by letter

    def differing(self, entry: str) -> list[str]:
        """Which of the compared facts of an entry differ between the editions, in the page's words."""
        before, after = self.old[entry].entity, self.new[entry].entity
        return [word for word, of in FACTS.items() if of(before) != of(after)]


def editions(data: Path, folder: Path) -> Editions:
    """The main file of either edition: the later one has come to us without its files beside it.

    Whole rows as they stand: all that are changed between the two, and one in six of the others.
    """
    sources = [data / "lists" / name for name in ("us_ofac_2021_set/sdn.csv", "us_ofac_sdn_2022.csv")]
    before, after = (_rows(source) for source in sources)
    same = frozenset(number for number, row in before.items() if after.get(number) == row)
    changed = {number for number in before if number in after and number not in same}
    files = [folder / year / "sdn.csv" for year in ("2021", "2022")]
    for file, source in zip(files, sources, strict=True):
        file.parent.mkdir()
        file.write_bytes(b"".join(_kept_lines(source, changed)))
    old, new = ({each.entity.id: each for each in read(file, list_id=LIST_ID).listings} for file in files)
    return Editions(*files, old, new, same)


def _rows(file: Path) -> dict[str, str]:
    """Each entry's row, letter by letter, by its number."""
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return {number: line for line in lines if (number := line.partition(",")[0].strip()).isdecimal()}


def _kept_lines(file: Path, changed: set[str]) -> Iterator[bytes]:
    for line in file.read_bytes().splitlines(keepends=True):
        number = line.partition(b",")[0].strip().decode()
        if number.isdecimal() and (number in changed or int(number) % _ONE_IN == 0):
            yield line


def chosen(both: Editions) -> list[Entity]:
    """Entries of every fate: unchanged, changed in what is compared, changed otherwise, gone, new."""
    dice = random.Random(_SEED)
    kept = [entry for entry in both.old if entry in both.new]
    changed = [entry for entry in kept if both.differing(entry)]
    fates = [
        [entry for entry in kept if entry in both.untouched],
        [entry for entry in kept if entry not in both.untouched and not both.differing(entry)],
        [entry for entry in both.old if entry not in both.new],
        [entry for entry in both.new if entry not in both.old],
        *([entry for entry in changed if word in both.differing(entry)] for word in FACTS),
    ]
    found: dict[str, Entity] = {}
    for fate in fates:
        named = [entry for entry in fate if _is_nameable((both.old.get(entry) or both.new[entry]).entity)]
        for entry in dice.sample(named, min(_OF_EACH, len(named))):
            found[entry] = (both.old.get(entry) or both.new[entry]).entity
    return list(found.values())


def _is_nameable(entity: Entity) -> bool:
    words = entity.caption.replace(",", "").split()
    kind = entity.schema.is_person or entity.schema.is_organisation
    return kind and len(words) > 1 and max(map(len, words)) > 6 and entity.caption.isascii()


def invented(name: str) -> str:
    """Another name that is like this one: its longest word gets one letter more in the middle."""
    words = name.split()
    place = max(range(len(words)), key=lambda index: len(words[index].strip(",.")))
    middle = len(words[place]) // 2
    words[place] = words[place][:middle] + words[place][middle - 1] + words[place][middle:]
    return " ".join(words).title()


def network(world: World, entries: Iterable[Entity]) -> list[Membership]:
    """Members that bear invented names like those of the entries."""
    listed = list(entries)
    persons = [_board(entity) for entity in listed if entity.schema.is_person]
    firms = [entity for entity in listed if not entity.schema.is_person]
    members = []
    while firms or persons:
        around, persons = persons[:_PERSONS], persons[_PERSONS:]
        name = invented(firms.pop().caption) if firms else f"Grankottens förening {len(members)}"
        members.append(world.member(name, *around))
    return members


def _board(entity: Entity) -> PersonFacts:
    last, _, first = entity.caption.partition(", ")
    return board(invented(f"{first} {last}".strip()))


def take(world: World, file: Path, *, list_id: str = LIST_ID) -> ListEdition:
    """Take in a file as it came, whatever it differs in, and use it."""
    arrival = services.Arrival(Origin.IMPORTED, timezone.now(), override_reason="Prov med en verklig utgåva")
    edition = services.take_edition(list_id, file, actor=world.officer, arrival=arrival)
    pointers.store().switch(edition.list_id, edition.edition_id)
    return edition


def add_rows(file: Path, likenesses: Iterable[Likeness], *, first: int) -> None:
    """Invented rows after those that are there: others of the same listed name, numbered from ``first``."""
    empty = ",-0- " * 8
    with file.open("a", encoding="utf-8") as out:
        for number, each in enumerate(likenesses, first):
            kind = '"individual"' if each.target_facts["schema"] == "Person" else "-0- "
            out.write(f'{number},"{each.target_name}",{kind},"DEMO"{empty}\r\n')


def run_as_if_binding(world: World) -> ControlRun:
    """A control of the network in which every list counts as one that binds here."""
    run = runs.start(actor=world.officer)
    run.editions = [edition | {"binds": True} for edition in run.editions]
    run.save(update_fields=["editions"])
    return control.execute(run.pk, tell=lambda done, total: None)
