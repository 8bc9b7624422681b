"""The check list: what is looked at for each sector, why, how a person does it, how long the answer holds.

A new list gets a new version with its first day, so that an old control is always read with the list that it
used. The slugs are never used again for something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pakten.organisations.models import Sector

_ALL = frozenset(Sector)
_COMPANY = frozenset({Sector.PRIVATE})
_CIVIL = frozenset({Sector.CIVIL})
_NOT_PUBLIC = frozenset({Sector.PRIVATE, Sector.CIVIL})

LISTS = "listor"
# The website itself; what it says of a collective agreement is told under that item too (``pakten.visits``).
WEBSITE = "webbplats"
# What a website is read for, each an item of its own.
FROM_VISITS = frozenset({"ryssland", "energi", "vardegrund"})
# What registers answer.
FROM_REGISTERS = frozenset({"finns", "namn", "form"})
YEAR = 12


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. ``how`` tells a person where to look; ``why`` is shown to whoever asks.

    ``tell``: what to say to a person who has looked and writes nothing of it; empty where that is fine.
    ``months``: how long what was seen holds; None = until something that it rests on changes.
    """

    slug: str
    title: str
    why: str
    how: str
    sectors: frozenset[Sector]
    tell: str = ""
    months: int | None = YEAR


ITEMS: tuple[Item, ...] = (
    Item(
        "nummer",
        "Organisationsnumret är riktigt",
        "Numret är nyckeln till alla register.",
        "Kontrollsiffran räknas om. Den första siffran antyder formen men bevisar den inte.",
        _ALL,
        months=None,
    ),
    Item(
        "finns",
        "Organisationen finns och är verksam",
        "Bara den som finns kan vara medlem.",
        "Företag: Bolagsverket. Förening: ofta bara Skatteverket eller SCB. Myndighet: förteckningen.",
        _ALL,
    ),
    Item(
        "namn",
        "Namn och adress är som i registret",
        "Så vet vi att ansökan gäller rätt organisation.",
        "Jämför uppgifterna med registret.",
        _ALL,
    ),
    Item(
        "form",
        "Organisationsformen stämmer med sektorn",
        "Sektorn bestämmer vilka punkter som gäller.",
        "Jämför registrets form med sektorn. En stiftelse kan vara både näringsliv och civilsamhälle.",
        _ALL,
    ),
    Item(
        "skatt",
        "F-skatt, moms och arbetsgivare",
        "Visar att verksamheten är ordnad. Säger inte om skatten är betald.",
        "Skatteverkets tjänst Hämta företagsinformation. En förening: bara om den är arbetsgivare.",
        _NOT_PUBLIC,
    ),
    Item(
        "styrelse",
        "Styrelse och firmatecknare",
        "Deras namn jämförs med sanktionslistorna.",
        "Företag: Bolagsverket. Förening: protokoll och stadgar som är inskickade.",
        _NOT_PUBLIC,
    ),
    Item(
        "huvudman",
        "Verklig huvudman",
        "Den som ytterst bestämmer jämförs med sanktionslistorna.",
        "Registret över verkliga huvudmän, om vi har rätt att se det.",
        _COMPANY,
    ),
    Item(
        "agare",
        "Ägare och moderbolag",
        "Ägare jämförs med sanktionslistorna.",
        "Årsredovisning och aktiebok. Bolagsverket har inget register över vem som äger aktier.",
        _COMPANY,
    ),
    Item(
        "stadgar",
        "Stadgar, årsmöte och revisor",
        "En förening ska vara demokratiskt uppbyggd.",
        "Läs stadgar och det senaste årsmötets protokoll.",
        _CIVIL,
        months=2 * YEAR,
    ),
    Item(
        WEBSITE,
        "Besök på webbplatsen",
        "Vi ser vad organisationen gör och vad den säger att den står för.",
        "Läs om verksamhet, mål och värderingar. Skriv vad du såg och på vilken sida.",
        _ALL,
        tell="Skriv kort vad du såg på webbplatsen.",
    ),
    Item(
        "ryssland",
        "Band till Ryssland och Belarus",
        "Verksamhet, ägare eller handel där ska vara avslutad eller ha en förklaring.",
        "Det som organisationen själv säger, på webbplatsen och i sin årsredovisning. Tystnad visar inget.",
        _NOT_PUBLIC,
    ),
    Item(
        "energi",
        "Energi från Ryssland",
        "Den som är beroende av rysk energi ska ha en plan för att sluta.",
        "Det som organisationen själv säger om el, gas, olja och bränsle. Tystnad visar inget.",
        _NOT_PUBLIC,
    ),
    Item(
        "vardegrund",
        "Mål och värdegrund",
        "Det organisationen säger utåt ska stämma med det som den har intygat.",
        "Läs om värdegrund, likabehandling och mänskliga rättigheter. Att inget står är ingen avvikelse.",
        _ALL,
    ),
    Item(
        LISTS,
        "Kontroll mot sanktionslistor",
        "EU:s och FN:s listor binder alla i Sverige.",
        "Systemet jämför organisationen och de personer och ägare som vi känner till.",
        _NOT_PUBLIC,
        months=None,
    ),
    Item(
        "kollektivavtal",
        "Kollektivavtal",
        "Uppgiften är information och inget villkor.",
        "Fackförbundens öppna sökningar. Motsvarande villkor räcker.",
        _NOT_PUBLIC,
    ),
)

_BY_SLUG = {item.slug: item for item in ITEMS}


@dataclass(frozen=True, slots=True)
class CheckList:
    """One version of the list: in force from a day until the next one's, without the items left out."""

    version: str
    valid_from: date
    without: frozenset[str] = frozenset()

    def items_for(self, sector: Sector) -> list[Item]:
        """What is looked at for a sector, in the list's order."""
        return [item for item in ITEMS if sector in item.sectors and item.slug not in self.without]


# Before version 3 what a website told of these was told under the website's own item.
CHECK_LISTS = (
    CheckList("grund-1", date(2022, 1, 1), frozenset({"form"}) | FROM_VISITS),
    CheckList("grund-2", date(2026, 11, 1), FROM_VISITS),
    CheckList("grund-3", date(2026, 11, 22)),
)


def in_force(day: date) -> CheckList:
    """The check list of that day; the first one for days before any."""
    return next((each for each in reversed(CHECK_LISTS) if each.valid_from <= day), CHECK_LISTS[0])


def version_of(name: str) -> CheckList:
    """The check list with this name; the newest for one that is not ours."""
    return next((each for each in CHECK_LISTS if each.version == name), CHECK_LISTS[-1])


def item_of(slug: str) -> Item:
    """The item with this slug, whichever version has it. Raises KeyError."""
    return _BY_SLUG[slug]
