"""Invented lists in the Commission's FSF XML 1.1, attribute for attribute as the schema has them.

Every name is made up of syllables that belong to nobody. Nothing here is or resembles a real listing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
_SYLLABLES = (
    "bru",
    "dal",
    "fen",
    "gri",
    "hov",
    "jom",
    "kel",
    "lum",
    "mir",
    "nor",
    "pav",
    "rul",
    "sked",
    "tor",
    "vim",
)
_CYRILLIC = (
    "бру",
    "дал",
    "фен",
    "гри",
    "хов",
    "йом",
    "кел",
    "лум",
    "мир",
    "нор",
    "пав",
    "рул",
    "скед",
    "тор",
    "вим",
)


@dataclass
class Alias:
    whole: str
    language: str = ""
    strong: bool = True


@dataclass
class Entry:
    """One sanctionEntity; ``births``, ``documents`` and ``addresses`` are attribute dictionaries."""

    number: int
    person: bool
    aliases: list[Alias]
    births: list[dict[str, str]] = field(default_factory=list)
    documents: list[dict[str, str]] = field(default_factory=list)
    addresses: list[dict[str, str]] = field(default_factory=list)
    citizenships: list[str] = field(default_factory=list)
    remark: str = ""
    programme: str = "HITTEPÅ"

    @property
    def id(self) -> str:
        return f"EU.{self.number}.{self.number % 90 + 10}"


def entries(count: int, seed: int = 1) -> list[Entry]:
    """Invented entries: two persons to each organisation, every feature of the schema in turn."""
    return [_entry(number, random.Random(f"{seed}/{number}")) for number in range(1, count + 1)]


def _word(chance: random.Random, syllables: Sequence[str] = _SYLLABLES) -> str:
    return "".join(chance.choice(syllables) for _ in range(chance.randint(2, 3))).capitalize()


def _entry(number: int, chance: random.Random) -> Entry:
    person = number % 3 != 0
    name = f"{_word(chance)} {_word(chance)}" if person else f"Aktiebolaget {_word(chance)} {_word(chance)}"
    aliases = [Alias(f"{name} {number}"), Alias(f"{_word(chance, _CYRILLIC)} {number}", "ru")]
    if not person:
        aliases += [
            Alias(f"{name} {number} {mark}", code)
            for code, mark in (("SV", "AB"), ("EL", "ΑΕ"), ("FR", "SA"))
        ]
    if number % 4 == 0:
        aliases.append(Alias(f"{_word(chance)}{number}", strong=False))
    entry = Entry(number, person, aliases, remark=f"Påhittad post {number} & inget annat <än så>")
    if person:
        entry.births = [_birth(number, chance)]
        entry.citizenships = ["XX" if number % 7 == 0 else chance.choice(("RU", "BY", "SE"))]
        entry.documents = [
            {"number": f"P{number:07d}", "identificationTypeCode": "passport", "countryIso2Code": "RU"}
        ]
    else:
        entry.documents = [{"number": f"R{number:07d}", "identificationTypeCode": "regnumber"}]
    entry.addresses = [{"street": f"Gatan {number}", "city": _word(chance), "countryIso2Code": "BY"}]
    return entry


def _birth(number: int, chance: random.Random) -> dict[str, str]:
    year = str(1940 + chance.randint(0, 50))
    kinds: tuple[dict[str, str], ...] = (
        {
            "birthdate": f"{year}-03-17",
            "year": year,
            "monthOfYear": "3",
            "dayOfMonth": "17",
            "circa": "false",
        },
        {"birthdate": "", "year": year, "monthOfYear": "00", "dayOfMonth": "00", "circa": "true"},
        {
            "birthdate": "",
            "year": "",
            "yearRangeFrom": year,
            "yearRangeTo": str(int(year) + 3),
            "circa": "false",
        },
    )
    return kinds[number % 3]


def xml(items: Sequence[Entry], generated: str = "2026-11-20T10:00:00.000+01:00") -> bytes:
    """The list as a file."""
    body = "".join(_entity(item) for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<export xmlns="{NAMESPACE}" generationDate="{generated}" globalFileId="1">\n{body}</export>\n'
    ).encode()


def _entity(item: Entry) -> str:
    kind = ("person", "P") if item.person else ("enterprise", "E")
    children = [
        f"    <remark>{_text(item.remark)}</remark>\n",
        _tag(
            "regulation",
            {
                "regulationType": "regulation",
                "organisationType": "council",
                "publicationDate": "2022-03-09",
                "entryIntoForceDate": "2022-03-09",
                "numberTitle": f"2022/{item.number} (OJ L0)",
                "programme": item.programme,
                "logicalId": str(item.number),
            },
            inside=f"<publicationUrl>https://exempel.invalid/akt/{item.number}?a=1&amp;b=2</publicationUrl>",
        ),
        _tag("subjectType", {"code": kind[0], "classificationCode": kind[1]}),
    ]
    children += [_alias(alias, item) for alias in item.aliases]
    children += [_tag("citizenship", {"region": "", "countryIso2Code": code}) for code in item.citizenships]
    children += [
        _tag("birthdate", {"calendarType": "GREGORIAN", "city": "", **birth}) for birth in item.births
    ]
    children += [_tag("identification", {"diplomatic": "false", **paper}) for paper in item.documents]
    children += [_tag("address", {"asAtListingTime": "false", **place}) for place in item.addresses]
    attributes = {"designationDetails": "", "unitedNationId": "", "euReferenceNumber": item.id}
    opening = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return f'  <sanctionEntity {opening} logicalId="{item.number}">\n{"".join(children)}  </sanctionEntity>\n'


def _alias(alias: Alias, item: Entry) -> str:
    values = {
        "firstName": "",
        "middleName": "",
        "lastName": "",
        "wholeName": alias.whole,
        "function": "",
        "gender": "",
        "title": "",
        "nameLanguage": alias.language,
        "strong": "true" if alias.strong else "false",
        "regulationLanguage": "en",
        "logicalId": str(item.number),
    }
    return _tag("nameAlias", values, inside='<regulationSummary regulationType="regulation"/>')


def _tag(name: str, attributes: dict[str, str], inside: str = "") -> str:
    written = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
    return f"    <{name} {written}>{inside}</{name}>\n" if inside else f"    <{name} {written}/>\n"


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
