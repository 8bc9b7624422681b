"""How often a member is gone through: a table of rules, each with its own months, and no score.

A member's interval is the shortest of the rules that apply. All of them are shown, so that anybody sees why.
Nothing here looks at a person's name, birth or country.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pakten.organisations.models import Sector


@dataclass(frozen=True, slots=True)
class Exposure:
    """What is known of a member's situation, as parts. Nothing adds them up."""

    sector: Sector
    foreign_owners: int = (
        0  # companies registered in another country that own the member, also through others
    )
    owners_unknown: bool = False
    persons_unknown: bool = False
    deviations: int = 0  # confirmed by a person: open ones, and those of the last two years
    undecided: int = 0  # likenesses that nobody could tell
    unknown: bool = False  # the newest comparison with the lists gave "vet inte"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table: ``words`` is what applies, ``months`` how long may pass."""

    slug: str
    words: str
    months: int
    applies: Callable[[Exposure], bool]


RULES: tuple[Rule, ...] = (
    Rule("offentlig", "Offentlig sektor", 24, lambda it: it.sector == Sector.PUBLIC),
    Rule("civil", "Civilsamhälle", 12, lambda it: it.sector == Sector.CIVIL),
    Rule("privat", "Privat näringsliv", 12, lambda it: it.sector == Sector.PRIVATE),
    Rule(
        "utland",
        "Ett företag som är registrerat i ett annat land äger medlemmen",
        6,
        lambda it: it.foreign_owners > 0,
    ),
    Rule("inga-agare", "Vi känner inte till några ägare", 6, lambda it: it.owners_unknown),
    Rule("inga-personer", "Vi känner inte till några personer", 6, lambda it: it.persons_unknown),
    Rule(
        "avvikelse",
        "Det finns en avvikelse som någon har bekräftat de senaste två åren",
        3,
        lambda it: it.deviations > 0,
    ),
    Rule("vet-inte", "Jämförelsen med listorna gav ”Vet inte”", 3, lambda it: it.unknown),
    Rule("oavgjord", "En namnlikhet gick inte att avgöra", 3, lambda it: it.undecided > 0),
)


def rules_for(exposure: Exposure) -> list[Rule]:
    """The rules that apply, the shortest interval first."""
    return sorted((rule for rule in RULES if rule.applies(exposure)), key=lambda rule: rule.months)


def after_months(day: date, months: int) -> date:
    """The same day of the month so many months later, or the month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - date(year, month + 1, 1)).days
    return date(year, month + 1, min(day.day, last))
