"""What two records say besides their names: dates of birth, countries and numbers that somebody issued."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vandel.model import Entity, Reason, ReasonCode

# In log-odds. A wrong year is told twice as firmly as a right one: many people are born in the same year.
_SAME_DATE, _SAME_YEAR, _NEAR_YEAR, _OTHER_YEAR = 4.0, 1.8, -1.0, -7.0
_SAME_COUNTRY, _OTHER_COUNTRY = 0.5, -0.7
_OTHER_IDENTIFIER = -3.0
_UNIQUE = frozenset(("orgnr", "lei", "inn", "ogrn", "imo"))  # an organisation has one of each


def qualify(query: Entity, listed: Entity) -> tuple[float, tuple[Reason, ...]]:
    """What the qualifiers of two entities add to the log-odds that they are the same, and why.

    What one side does not tell counts for nothing.
    """
    reasons = [*_births(query, listed), *_countries(query, listed), *_identifiers(query, listed)]
    return sum(reason.weight for reason in reasons), tuple(reasons)


def same_identifier(query: Entity, listed: Entity) -> Reason | None:
    """The identifier that both have, which settles the case."""
    shared = sorted(set(query.identifiers) & set(listed.identifiers), key=lambda one: (one.scheme, one.value))
    if not shared:
        return None
    return Reason(ReasonCode.IDENTIFIER_SAME, shared[0].value, shared[0].value, 1.0)


def _births(query: Entity, listed: Entity) -> Iterator[Reason]:
    if not query.birth_dates or not listed.birth_dates:
        return
    weight, one, other = max(
        (_birth(one, other), one, other) for one in query.birth_dates for other in listed.birth_dates
    )
    code = ReasonCode.BIRTH_DATE_SAME if weight > 0 else ReasonCode.BIRTH_DATE_DIFFERS
    yield Reason(code, one, other, weight)


def _birth(one: str, other: str) -> float:
    """The weight of two dates in ISO 8601, whole, reduced to year or month, or a range of years."""
    if len(one) == len(other) == 10 and one == other:
        return _SAME_DATE
    distance = min(abs(a - b) for a in _years(one) for b in _years(other))
    if distance == 0:
        agree = one[:7] == other[:7] or min(len(one), len(other)) < 7 or "/" in one + other
        return _SAME_YEAR if agree else _SAME_YEAR / 3
    return _NEAR_YEAR if distance <= 1 else _OTHER_YEAR


def _years(text: str) -> Iterable[int]:
    first, _, last = text.partition("/")
    start = int(first[:4])
    return range(start, int(last[:4] or start) + 1) if last else (start,)


def _countries(query: Entity, listed: Entity) -> Iterator[Reason]:
    one, other = set(query.countries), set(listed.countries)
    if not one or not other:
        return
    shared = one & other
    if shared:
        told = ", ".join(sorted(shared))
        yield Reason(ReasonCode.COUNTRY_SAME, told, told, _SAME_COUNTRY)
    else:
        yield Reason(
            ReasonCode.COUNTRY_DIFFERS, ", ".join(sorted(one)), ", ".join(sorted(other)), _OTHER_COUNTRY
        )


def _identifiers(query: Entity, listed: Entity) -> Iterator[Reason]:
    theirs = {one.scheme: one.value for one in listed.identifiers if one.scheme in _UNIQUE}
    for one in query.identifiers:
        other = theirs.get(one.scheme)
        if other is not None and other != one.value:
            yield Reason(ReasonCode.IDENTIFIER_DIFFERS, one.value, other, _OTHER_IDENTIFIER)
            return
