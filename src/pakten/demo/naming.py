"""Invented names of organisations, with the variants under which they turn up in lists and letters."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pakten.demo.dice import Dice
from pakten.demo.people import invented_name
from pakten.demo.resources import words

COMPANY_FORMS = {"aktiebolag": "AB", "handelsbolag": "HB", "kommanditbolag": "KB"}


@dataclass(frozen=True, slots=True)
class Naming:
    """What an organisation is called and does. ``others`` are other ways to write its name."""

    name: str
    legal_form: str
    description: str
    others: tuple[str, ...] = ()


class Stems:
    """Pairs of words ("Silver", "trasten") that make a name, each handed out once."""

    def __init__(self, dice: Dice, *, taken: str) -> None:
        """``taken`` is text in which no stem may occur, such as the planted names."""
        pairs = [(head, tail) for head in words().heads for tail in words().tails if _joins_well(head, tail)]
        free = [pair for pair in pairs if "".join(pair).lower() not in taken.lower()]
        self._swedish: Iterator[tuple[str, str]] = iter(dice.shuffled(free))
        english = list(itertools.product(words().english_heads, words().english_tails))
        self._english: Iterator[tuple[str, str]] = iter(dice.shuffled(english))

    def swedish(self) -> tuple[str, str]:
        """The next unused pair, to be written as one word."""
        return next(self._swedish)

    def english(self) -> str:
        """The next unused pair in English, as two words."""
        return " ".join(next(self._english))


def _joins_well(head: str, tail: str) -> bool:
    # Swedish never writes the same consonant three times in a row.
    return not head.endswith(tail[0] * 2)


def company(dice: Dice, stems: Stems, *, legal_form: str) -> Naming:
    """A private organisation with one of the usual patterns of names."""
    head, tail = stems.swedish()
    trade, does = dice.pick(words().trades)
    if legal_form == "ekonomisk förening":
        return Naming(
            f"{head}{tail} {trade} ekonomisk förening", legal_form, does, (f"{head}{tail} {trade}",)
        )
    mark = COMPANY_FORMS[legal_form]
    pattern = dice.below(10)
    if pattern == 0:
        base = f"{stems.english()} {dice.pick(words().english_trades)}"
    elif pattern == 1:
        base = f"{head}{tail}s {trade}"
    else:
        base = f"{head}{tail} {trade}"
    name = f"{mark} {base}" if pattern == 2 and mark == "AB" else f"{base} {mark}"
    return Naming(name, legal_form, does, _variants(dice, base, mark=mark, stem=(head, tail)))


def _variants(dice: Dice, base: str, *, mark: str, stem: tuple[str, str]) -> tuple[str, ...]:
    """Up to two other ways to write the name: form first or left out, hyphen, space, capitals, one s less."""
    head, tail = stem
    whole = head + tail
    ways = [
        base,
        f"{mark} {base}",
        base.replace(whole, f"{head.removesuffix('s')}-{tail.capitalize()}"),
        base.replace(whole, f"{head} {tail}"),
        base.upper(),
        base.replace(f"{whole}s ", f"{whole} "),
    ]
    return tuple(dict.fromkeys(dice.pick(ways) for _ in range(dice.below(3))))


def sole_trader(dice: Dice) -> Naming:
    """A person who trades in their own name."""
    trade, does = dice.pick(words().trades)
    return Naming(f"{invented_name(dice)} {trade}", "enskild firma", does)


def association(dice: Dice, stems: Stems, *, serial: int) -> Naming:
    """An association, foundation or co-operative."""
    pattern, legal_form, does = words().civil[serial % len(words().civil)]
    head, tail = stems.swedish()
    name = pattern.format(stem=f"{head}{tail}")
    short = f"{head}{tail}"
    spaced = name.replace(short, f"{head.removesuffix('s')}-{tail.capitalize()}")
    return Naming(name, legal_form, does, (dice.pick((short, spaced)),) if dice.chance(0.3) else ())


def public_body(serial: int) -> Naming:
    """A municipal administration or company, or an agency, of an invented town."""
    towns, patterns = words().municipalities, words().public
    pattern, legal_form, does = patterns[serial // len(towns)]
    town = towns[serial % len(towns)]
    name = pattern.format(town=town)
    unit = name.partition(", ")[2]
    return Naming(name, legal_form, does, (f"{unit.capitalize()} {town}",) if unit else ())


def slug(name: str) -> str:
    """``name`` as it stands in a web address: lower-case Latin letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join("".join(c if c.isalnum() else " " for c in plain).split())
