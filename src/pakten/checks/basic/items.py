"""The check list: what is looked at for each sector, why, and how a person does it.

A new list gets a new version, so that an old control can always be read with the list that it used.
"""

from __future__ import annotations

from dataclasses import dataclass

from pakten.organisations.models import Sector

VERSION = "grund-1"

_ALL = frozenset(Sector)
_COMPANY = frozenset({Sector.PRIVATE})
_CIVIL = frozenset({Sector.CIVIL})
_NOT_PUBLIC = frozenset({Sector.PRIVATE, Sector.CIVIL})

LISTS = "listor"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at. ``how`` tells a person where to look; ``why`` is shown to whoever asks.

    ``tell``: what to say to a person who has looked and writes nothing of it; empty where that is fine.
    """

    slug: str
    title: str
    why: str
    how: str
    sectors: frozenset[Sector]
    tell: str = ""


ITEMS: tuple[Item, ...] = (
    Item(
        "nummer",
        "Organisationsnumret är riktigt",
        "Numret är nyckeln till alla register.",
        "Kontrollsiffran räknas om. Den första siffran antyder formen men bevisar den inte.",
        _ALL,
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
        "Jämför ansökan med registret.",
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
    ),
    Item(
        "webbplats",
        "Besök på webbplatsen",
        "Vi ser vad organisationen gör och vad den säger att den står för.",
        "Läs om verksamhet, mål och värderingar. Skriv vad du såg och på vilken sida.",
        _ALL,
        tell="Skriv kort vad du såg på webbplatsen.",
    ),
    Item(
        LISTS,
        "Kontroll mot sanktionslistor",
        "EU:s och FN:s listor binder alla i Sverige.",
        "Systemet jämför organisationen och de personer och ägare som vi känner till.",
        _NOT_PUBLIC,
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


def items_for(sector: Sector) -> list[Item]:
    """The check list of a sector, in its order."""
    return [item for item in ITEMS if sector in item.sectors]


def item_of(slug: str) -> Item:
    """The item with this slug. Raises KeyError."""
    return _BY_SLUG[slug]
