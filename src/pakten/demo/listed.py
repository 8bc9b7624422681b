"""The invented list: about 300 invented persons and enterprises, in two editions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from pakten.demo.cases import PLANTED_PARTIES
from pakten.demo.dice import Dice
from pakten.demo.resources import ListedWords, listed_words
from pakten.demo.values import ListedAddress, ListedBirth, ListedName, ListedNumber, ListedParty

SEED = "demolista"
PERSONS, ENTERPRISES = 190, 120
GONE, CAME, CHANGED = 5, 8, 7
_FIRST_NUMBER = 990100
_PROGRAMMES = ("DEMO-UKR", "DEMO-UKR", "DEMO-BLR", "DEMO-SYR", "DEMO-TERR")


def first_edition(seed: str = SEED) -> tuple[ListedParty, ...]:
    """The parties of the older edition: the planted ones and the filling around them."""
    return _everybody(seed)[:-CAME]


def second_edition(seed: str = SEED) -> tuple[ListedParty, ...]:
    """The newer edition: some of the filling is gone, some is changed, some came. Planted parties stay."""
    everybody = _everybody(seed)
    planted, rest = everybody[: len(PLANTED_PARTIES)], everybody[len(PLANTED_PARTIES) + GONE :]
    return planted + tuple(_changed(party) for party in rest[:CHANGED]) + rest[CHANGED:]


def _everybody(seed: str) -> tuple[ListedParty, ...]:
    dice, words = Dice(seed), listed_words()
    persons = _persons(dice, words)
    enterprises = _enterprises(dice, words)
    filling = dice.shuffled(persons + enterprises)
    numbered = (replace(party, number=_FIRST_NUMBER + i) for i, party in enumerate(filling))
    return PLANTED_PARTIES + tuple(numbered)


def _changed(party: ListedParty) -> ListedParty:
    """``party`` as a later regulation has it: one more spelling of its name and another address."""
    words = party.names[0].text.split()
    short = f"{words[0][0]}. {words[-1]}" if party.is_person else "".join(word[0] for word in words)
    alias = ListedName(short, strong=False)
    moved = ListedAddress("Novolistov", "BY", "Opalovy prospekt 77")
    return replace(party, names=(*party.names, alias), addresses=(*party.addresses, moved))


def _persons(dice: Dice, words: ListedWords) -> list[ListedParty]:
    found: dict[str, ListedParty] = {}
    while len(found) < PERSONS:
        if dice.chance(0.75):
            names, gender = _cyrillic_name(dice, words)
            place = dice.pick(words.cities)
        else:
            names, gender = _arabic_name(dice, words)
            place = dice.pick(words.southern_cities)
        found[names[0].text] = _person(dice, words, names=names, gender=gender, place=place)
    return list(found.values())


def _person(
    dice: Dice, words: ListedWords, *, names: tuple[ListedName, ...], gender: str, place: tuple[str, str]
) -> ListedParty:
    city, country = place
    numbers = (ListedNumber("passport", f"DEMO{dice.between(100000, 999999)}", country),)
    return ListedParty(
        0,
        True,
        (replace(names[0], function=dice.pick(words.functions)), *names[1:]),
        dice.pick(_PROGRAMMES),
        _listed_on(dice),
        citizenship=country,
        gender=gender,
        births=_births(dice, city=city, country=country),
        numbers=numbers if dice.chance(0.3) else (),
        addresses=(_address(dice, words, city=city, country=country),) if dice.chance(0.8) else (),
    )


def _cyrillic_name(dice: Dice, words: ListedWords) -> tuple[tuple[ListedName, ...], str]:
    woman = dice.chance(0.25)
    given = dice.pick(words.women if woman else words.men)
    family = dice.pick(words.family_heads) + dice.pick(words.family_tails) + ("а" if woman else "")
    father = dice.pick(words.fathers)
    father = father.removesuffix("ич") + "на" if woman else father
    full = f"{given} {father} {family}"
    short = f"{given} {family}"
    names = [ListedName(words.latin(full, "EN"), "EN"), ListedName(full, "RU")]
    names += [ListedName(words.latin(short, language), language) for language in ("DE", "FR")]
    if dice.chance(0.12):
        names.append(
            ListedName(f"{words.latin(given, 'EN')[:3]} {words.latin(family, 'EN')[:5]}", strong=False)
        )
    return tuple(names), "F" if woman else "M"


def _arabic_name(dice: Dice, words: ListedWords) -> tuple[tuple[ListedName, ...], str]:
    woman = dice.chance(0.2)
    given = dice.pick(words.arabic_women if woman else words.arabic_men)
    father, family = dice.pick(words.arabic_men), dice.pick(words.arabic_family)
    names = [
        ListedName(f"{given[0]} {father[0]} {family[0]}", "EN"),
        ListedName(f"{given[1]} {father[1]} {family[1]}"),
    ]
    if dice.chance(0.3) and not woman:
        names.append(ListedName(f"Abu {dice.pick(words.arabic_men)[0]}", strong=False))
    return tuple(names), "F" if woman else "M"


def _births(dice: Dice, *, city: str, country: str) -> tuple[ListedBirth, ...]:
    """Mostly a full date; sometimes a year, circa, a range, two dates or none."""
    year = dice.between(1940, 1992)
    day = ListedBirth(day=date(year, dice.between(1, 12), dice.between(1, 28)), city=city, country=country)
    choice = dice.below(20)
    if choice < 11:
        return (day,)
    if choice < 14:
        return (ListedBirth(year=year, country=country),)
    if choice < 16:
        return (ListedBirth(year=year, circa=True),)
    if choice < 18:
        return (ListedBirth(year_from=year, year_to=year + 3),)
    return (day, ListedBirth(year=year + 1)) if choice < 19 else ()


def _enterprises(dice: Dice, words: ListedWords) -> list[ListedParty]:
    pairs = [(first, second) for first in words.firsts for second in words.seconds]
    return [
        _enterprise(dice, words, first=first, second=second)
        for first, second in dice.shuffled(pairs)[:ENTERPRISES]
    ]


def _enterprise(
    dice: Dice, words: ListedWords, *, first: tuple[str, ...], second: tuple[str, ...]
) -> ListedParty:
    kind = dice.pick(words.kinds)
    english, russian = f"{first[0]} {second[0]}", f"{first[1]} {second[1]}"
    names = [
        ListedName(kind["en"].format(english), "EN"),
        ListedName(kind["ru"].format(russian), "RU"),
        ListedName(kind["de"].format(f"{first[2]}{second[2]}"), "DE"),
        ListedName(kind["sv"].format(f"{first[3]}{second[3]}"), "SV"),
        ListedName(words.greek(english), "EL"),
        ListedName(words.latin(russian, "EN")),
    ]
    if dice.chance(0.15):
        names.append(ListedName(f"{english[:1]}{second[0][:1]}D-{dice.between(10, 99)}", strong=False))
    city, country = dice.pick(words.cities)
    number = ListedNumber("regnumber", f"DEMO-{dice.between(10_000, 99_999)}", country)
    return ListedParty(
        0,
        False,
        tuple(names),
        dice.pick(_PROGRAMMES),
        _listed_on(dice),
        numbers=(number,) if dice.chance(0.6) else (),
        addresses=(_address(dice, words, city=city, country=country),) if dice.chance(0.9) else (),
    )


def _address(dice: Dice, words: ListedWords, *, city: str, country: str) -> ListedAddress:
    street = f"{dice.pick(words.streets)} {dice.between(1, 90)}" if dice.chance(0.7) else ""
    return ListedAddress(city, country, street)


def _listed_on(dice: Dice) -> date:
    return date(2014, 3, 17) + timedelta(days=dice.below(4200))
