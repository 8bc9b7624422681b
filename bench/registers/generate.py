"""Writing a bulk file of any length in Bolagsverket's format: invented names, numbers drawn by a fixed seed.

A share of the rows are sole traders and estates, whose identities a reader must drop. Nothing in it is real.
"""

from __future__ import annotations

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

HEADER = (
    "organisationsidentitet;namnskyddslopnummer;registreringsland;organisationsnamn;organisationsform;"
    "avregistreringsdatum;avregistreringsorsak;pagandeAvvecklingsEllerOmstruktureringsforfarande;"
    "registreringsdatum;verksamhetsbeskrivning;postadress"
)
_SYLLABLES = [
    "ar",
    "bo",
    "dal",
    "ek",
    "fal",
    "gar",
    "hav",
    "in",
    "jo",
    "kul",
    "lund",
    "mar",
    "nor",
    "ost",
    "plo",
    "ros",
    "sol",
    "tor",
    "udd",
    "vik",
    "ål",
    "ång",
    "ör",
]
_TRADES = [
    "Bygg",
    "Måleri",
    "Konsult",
    "Transport",
    "Fastigheter",
    "Redovisning",
    "Städ",
    "Elektriska",
    "Plåtslageri",
    "Restaurang",
    "Handel",
    "Invest",
    "Media",
    "Skog",
    "Lantbruk",
    "Teknik",
    "Design",
    "Vård",
    "Utbildning",
    "Data",
]
_PLACES = ["STOCKHOLM", "GÖTEBORG", "MALMÖ", "UPPSALA", "LULEÅ", "ÖREBRO", "VÄXJÖ", "GÄVLE"]
_FORMS = ("AB",) * 12 + ("HB", "KB", "EK", "BRF", "I", "S")
_WORDS = [
    "bolaget",
    "ska",
    "bedriva",
    "handel",
    "med",
    "egna",
    "produkter",
    "samt",
    "utföra",
    "tjänster",
    "inom",
    "sitt",
    "område",
    "och",
    "äga",
    "värdepapper",
    "förvalta",
    "fast",
    "egendom",
    "liksom",
    "idka",
    "därmed",
    "förenlig",
    "verksamhet",
    "utbildning",
    "rådgivning",
    "import",
    "export",
]
PERSON_SHARE = 0.4


def check_digit(nine: str) -> str:
    """The Luhn check digit of nine digits."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine)]
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def number(place: int, *, person: bool) -> str:
    """An invented number: the third digit tells an organisation's from a person's."""
    if person:
        year, month, day = place % 90 + 10, place // 90 % 12 + 1, place // 1080 % 28 + 1
        nine = f"{year:02d}{month:02d}{day:02d}{place % 1000:03d}"
        return f"19{nine}{check_digit(nine)}"
    nine = f"5{place // 8_000_000 % 10}{2 + place // 1_000_000 % 8}{place % 1_000_000:06d}"
    return nine + check_digit(nine)


def rows(count: int, seed: int) -> Iterator[str]:
    """``count`` rows."""
    draw = random.Random(seed)
    for place in range(count):
        yield _person(draw, place) if draw.random() < PERSON_SHARE else _organisation(draw, place)


def name(draw: random.Random) -> str:
    """An invented name of an organisation, without its form."""
    first = "".join(draw.choices(_SYLLABLES, k=draw.choice((2, 2, 3)))).capitalize()
    second = "".join(draw.choices(_SYLLABLES, k=2)).capitalize() if draw.random() < 0.6 else ""
    return " ".join(filter(None, (first, second, draw.choice(_TRADES))))


def _organisation(draw: random.Random, place: int) -> str:
    form = draw.choice(_FORMS)
    day = f"{1950 + place % 75}-{place % 12 + 1:02d}-{place % 28 + 1:02d}"
    called = f"{name(draw)} {form}$FORETAGSNAMN-ORGNAM${day}"
    if draw.random() < 0.05:
        called += f"|{name(draw)}$SARSKILT_FORETAGSNAMN-ORGNAM${day}"
    ended = ("2024-05-06", "LIAV-AVORS") if draw.random() < 0.1 else ("", "")
    proceeding = "|LI-AVOMFO$2026-04-01" if draw.random() < 0.02 else ""
    said = " ".join(draw.choices(_WORDS, k=draw.randint(8, 40)))
    if draw.random() < 0.02:
        said = said.replace(" ", ' "', 1).replace(" och ", "\nsåväl som ", 1)
    fields = (
        f"{number(place, person=False)}$ORGNR-IDORG",
        "1",
        "SE-LAND",
        called,
        f"{form}-ORGFO",
        *ended,
        proceeding,
        day,
        said,
        f"Gatan {place % 99 + 1}$$" + f"{draw.choice(_PLACES)}${10000 + place % 80000}$SE-LAND",
    )
    return '"' + '";"'.join(fields) + '"'


def _person(draw: random.Random, place: int) -> str:
    fields = (
        f"{number(place, person=True)}$PERSON-IDORG",
        "1",
        "SE-LAND",
        f"{name(draw)} KANARIEFÅGEL$FORETAGSNAMN-ORGNAM$2001-02-03",
        "E-ORGFO",
        "",
        "",
        "",
        "2001-02-03",
        "handel",
        "Gatan 1$KANARIEFÅGEL$ORT$11111$SE-LAND",
    )
    return '"' + '";"'.join(fields) + '"'


def write(path: Path, *, count: int, seed: int = 7) -> int:
    """Write a zipped file as the publisher would; its length in bytes once unpacked."""
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("bolagsverket_bulkfil.txt", "w", force_zip64=True) as stream,
    ):
        length = stream.write(f"{HEADER}\n".encode())
        for row in rows(count, seed):
            length += stream.write(f"{row}\n".encode())
    return length
