"""Invented people for boards and owners."""

from __future__ import annotations

from pakten.demo.dice import Dice
from pakten.demo.resources import people_groups
from pakten.demo.values import DemoPerson

# Roles as they lie in real board lists: always a chair's table, often a managing director.
_ROLES = ("board", "board", "signatory", "managing_director", "beneficial_owner")


def invented_name(dice: Dice) -> str:
    """A given name and a family name, sometimes from two groups, sometimes with a double family name."""
    groups = people_groups()
    group = dice.pick(groups)
    given = dice.pick(group.given)
    family = dice.pick((dice.pick(groups) if dice.chance(0.15) else group).family)
    if dice.chance(0.06):
        family = f"{family}-{dice.pick(dice.pick(groups).family)}"
    return f"{given} {family}"


def invented_birth_date(dice: Dice) -> str:
    """A full date, a year and month, a year, or nothing: what a city really has on file."""
    year, month, day = dice.between(1948, 2001), dice.between(1, 12), dice.between(1, 28)
    chance = dice.below(100)
    if chance < 45:
        return f"{year}-{month:02d}-{day:02d}"
    if chance < 50:
        return f"{year}-{month:02d}"
    return f"{year}" if chance < 80 else ""


def board(dice: Dice) -> tuple[DemoPerson, ...]:
    """Two to five people with different names and the roles that they have."""
    people: dict[str, DemoPerson] = {}
    size = dice.between(2, 5)
    while len(people) < size:
        name = invented_name(dice)
        people[name] = DemoPerson(name, _ROLES[len(people)], invented_birth_date(dice))
    return tuple(people.values())
