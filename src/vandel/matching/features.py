"""What speaks for and against two names meaning the same, as numbers that a score can be made of."""

from __future__ import annotations

from collections.abc import Container, Sequence
from math import sqrt
from typing import NamedTuple

from vandel.matching.align import ACRONYM_SIMILARITY, Pair, align
from vandel.matching.candidates import Comparison
from vandel.matching.partition import KINDS
from vandel.names.analyse import NUMBER, WORD, Token
from vandel.names.legal_forms import same_kind

_AGREEING = (
    "evidence",
    "rarest_agreeing",
    "slips",
    "rarest_slip",
    "number_agrees",
    "words_agreeing",
    "names_agreeing",
    "letters",
    "acronym",
    "family_agrees",
    "first_agrees",
)
_DIFFERING = (
    "rarest_missing",
    "rarest_extra",
    "rarest_on_both_sides",
    "missing",
    "extra",
    "missing_names",
    "extra_names",
    "rarest_missing_name",
    "rarest_extra_name",
    "number_conflict",
    "number_one_sided",
    "conflict",
    "family_missing",
    "first_differs",
)
_WHOLE = (
    "covered_query",
    "covered_target",
    "covered_both",
    "coverage_squared",
    "identical",
    "single_word",
    "same_form",
    "other_form",
    "elsewhere",
    "weak_alias",
)
FEATURES = ("constant", *_AGREEING, *_DIFFERING, *_WHOLE)
# Features that may only speak for (+1) or only against (-1), so that a worse name never gets a better score.
SIGNS = {
    **dict.fromkeys(_AGREEING, 1),
    **dict.fromkeys(_DIFFERING, -1),
    **dict.fromkeys(_WHOLE, 1),
    **dict.fromkeys(("slips", "rarest_slip", "acronym", "single_word", "other_form", "weak_alias"), -1),
}

_NOT_PERSONS = (0.0, 0.0, 0.0, 0.0)
_NUMBER, _WORD = KINDS.index(NUMBER), KINDS.index(WORD)
_LITTLE = 0.02  # keeps coverage defined for names of worthless words
_MANY_WORDS, _MANY_LETTERS = 4, 24  # beyond these more of the same tells no more


class _Names(NamedTuple):
    """Two names side by side: weights and kinds of their words, and the places that found no partner."""

    asked: Sequence[float]
    asked_kinds: Sequence[str]
    listed: Sequence[float]
    listed_kinds: Sequence[int]
    free_asked: Sequence[int]
    free_listed: Sequence[int]


def features(case: Comparison) -> list[float]:
    """The values of :data:`FEATURES` for two names."""
    partition, asked, _ = case
    words = case.words
    weights, kinds = partition.weights, partition.kinds
    pairs = align(case)
    paired_asked = {pair[0] for pair in pairs}
    paired_listed = {pair[1] for pair in pairs}
    names = _Names(
        asked.weights,
        asked.kinds,
        [weights[word] for word in words],
        [kinds[word] for word in words],
        [place for place in range(len(asked.tokens)) if place not in paired_asked],
        [place for place in range(len(words)) if place not in paired_listed],
    )
    of_persons = (
        _of_persons(case, paired_asked, paired_listed=paired_listed) if partition.person else _NOT_PERSONS
    )
    agreeing = [*_agreeing(names, pairs, lengths=asked.lengths), *of_persons[:2]]
    differing = [*_differing(names), *of_persons[2:]]
    return [1.0, *agreeing, *differing, *_whole(case, names, pairs=pairs)]


def _agreeing(names: _Names, pairs: Sequence[Pair], *, lengths: Sequence[int]) -> list[float]:
    evidence = rarest = slips = rarest_slip = named = letters = abbreviated = 0.0
    numbers = words = 0
    for asked, listed, similarity in pairs:
        worth = similarity * similarity
        other = names.listed[listed]
        weight = (names.asked[asked] + other) / 2 if similarity < 1 else other
        agreed = weight * worth
        evidence += agreed
        rarest = agreed if agreed > rarest else rarest
        if similarity < 1:
            slip = (1 - similarity) * weight
            slips += slip
            rarest_slip = slip if slip > rarest_slip else rarest_slip
            abbreviated += similarity == ACRONYM_SIMILARITY
        kind = names.listed_kinds[listed]
        numbers += kind == _NUMBER
        words += similarity > 0.8
        if kind == _WORD:
            named += agreed
            letters += lengths[asked] * worth
    return [
        evidence, rarest, slips, rarest_slip, float(numbers > 0), min(words, _MANY_WORDS) / _MANY_WORDS,
        named, min(letters, _MANY_LETTERS) / _MANY_LETTERS, abbreviated / 4,
    ]  # fmt: skip


def _differing(names: _Names) -> list[float]:
    missing = extra = lost = gained = 0.0
    most_missing = most_extra = most_lost = most_gained = 0.0
    lost_number = new_number = False
    for place in names.free_asked:
        weight, kind = names.asked[place], names.asked_kinds[place]
        missing += weight
        most_missing = weight if weight > most_missing else most_missing
        if kind == WORD:
            lost += weight
            most_lost = weight if weight > most_lost else most_lost
        elif kind == NUMBER:
            lost_number = True
    for place in names.free_listed:
        weight, number = names.listed[place], names.listed_kinds[place]
        extra += weight
        most_extra = weight if weight > most_extra else most_extra
        if number == _WORD:
            gained += weight
            most_gained = weight if weight > most_gained else most_gained
        elif number == _NUMBER:
            new_number = True
    return [
        most_missing, most_extra, min(most_missing, most_extra), missing, extra,
        lost, gained, most_lost, most_gained,
        float(lost_number and new_number), float(lost_number != new_number),
        float(bool(names.free_asked and names.free_listed)),
    ]  # fmt: skip


def _whole(case: Comparison, names: _Names, *, pairs: Sequence[Pair]) -> list[float]:
    query = target = 0.0
    if len(names.free_asked) + len(pairs) == len(names.asked) and len(names.free_listed) + len(pairs) == len(
        names.listed
    ):
        for one, other, similarity in pairs:
            query += names.asked[one] * (similarity * similarity)
            target += names.listed[other] * (similarity * similarity)
    else:
        query, target = _covered(names, pairs)
    query = (query + _LITTLE) / (case.asked.mass + _LITTLE)
    target = (target + _LITTLE) / (sum(names.listed) + _LITTLE)
    same_form, other_form = _forms(case.asked.forms, case.partition.forms[case.row])
    identical = not names.free_asked and not names.free_listed and all(pair[2] == 1 for pair in pairs)
    return [
        query, target, sqrt(query * target), query * target, float(identical),
        float(len(names.asked) == 1 or len(names.listed) == 1), same_form, other_form,
        _elsewhere(case, names.free_asked), case.partition.weak_rows[case.row],
    ]  # fmt: skip


def _covered(names: _Names, pairs: Sequence[Pair]) -> tuple[float, float]:
    """The weight of each name that found a partner, where a word written together has two and counts once."""
    best_asked: dict[int, float] = {}
    best_listed: dict[int, float] = {}
    for one, other, similarity in pairs:
        best_asked[one] = max(similarity * similarity, best_asked.get(one, 0.0))
        best_listed[other] = max(similarity * similarity, best_listed.get(other, 0.0))
    return (
        sum([names.asked[place] * worth for place, worth in best_asked.items()]),
        sum([names.listed[place] * worth for place, worth in best_listed.items()]),
    )


def _of_persons(case: Comparison, paired_asked: set[int], *, paired_listed: set[int]) -> tuple[float, ...]:
    """Whether the family names and the first given names found a partner: agree (2), differ (2)."""
    partition, asked, row = case
    asked_family, listed_family = asked.family, partition.family[row]
    agrees = not asked_family.isdisjoint(paired_asked) or not paired_listed.isdisjoint(listed_family)
    missing = not asked_family <= paired_asked or not paired_listed.issuperset(listed_family)
    first = _first(len(case.words), listed_family) in paired_listed
    first_asked = _first(len(asked.tokens), asked_family) in paired_asked
    return float(agrees), float(first and first_asked), float(missing), float(not first and not first_asked)


def _first(count: int, family: Container[int]) -> int:
    """The place of the first word that is not marked as family name."""
    return next((place for place in range(count) if place not in family), 0)


def _forms(one: tuple[Token, ...], other: tuple[str, ...]) -> tuple[float, float]:
    if not one or not other:
        return 0.0, 0.0
    same = any(same_kind(form.key, code) for form in one for code in other)
    return float(same), float(not same)


def _elsewhere(case: Comparison, free: Sequence[int]) -> float:
    """The weight of missing words of the query that other names of the same entity have."""
    if not free:
        return 0.0
    partition, asked, row = case
    words = partition.words_of[partition.owners[row]]
    return sum([asked.weights[place] for place in free if not words.isdisjoint(asked.close[place])])
