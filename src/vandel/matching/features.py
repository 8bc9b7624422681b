"""What speaks for and against two names meaning the same, as numbers that a score can be made of."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt

from vandel.matching.align import ACRONYM_SIMILARITY, align
from vandel.matching.candidates import Asked
from vandel.matching.partition import Partition
from vandel.names.analyse import NUMBER, WORD
from vandel.names.legal_forms import same_kind

FEATURES = (
    "constant",
    "covered_query",
    "covered_target",
    "covered_both",
    "evidence",
    "rarest_agreeing",
    "rarest_missing",
    "rarest_extra",
    "rarest_on_both_sides",
    "missing",
    "extra",
    "slips",
    "rarest_slip",
    "number_conflict",
    "number_one_sided",
    "number_agrees",
    "same_form",
    "other_form",
    "identical",
    "words_agreeing",
    "single_word",
    "alien_first",
    "missing_names",
    "extra_names",
    "missing_meanings",
    "extra_meanings",
    "names_agreeing",
    "letters",
    "first_agrees",
    "rarest_missing_name",
    "rarest_extra_name",
    "coverage_squared",
    "acronym",
    "elsewhere",
)
_NUMBER = 2


def features(partition: Partition, asked: Asked, row: int) -> list[float]:
    """The values of :data:`FEATURES` for a query's name and the listed name in ``row``."""
    target = partition.rows[row]
    weights, kinds = partition.weights, partition.kinds
    free_query = dict.fromkeys(range(len(asked.tokens)))
    free_target = dict.fromkeys(range(len(target)))
    agreeing = slips = rarest = rarest_slip = 0.0
    named = letters = acronym = 0.0
    numbers = words = 0
    matched_query = matched_target = 0.0
    pairs = align(partition, asked, row)
    for query, place, similarity in pairs:
        free_query.pop(query, None)
        free_target.pop(place, None)
        one, other = asked.weights[query], weights[target[place]]
        worth = similarity * similarity
        weight = (one + other) / 2 if similarity < 1 else other
        matched_query += one * worth
        matched_target += other * worth
        agreeing += weight * worth
        slip = (1 - similarity) * weight
        slips += slip
        rarest_slip = max(rarest_slip, slip)
        rarest = max(rarest, weight * worth)
        numbers += kinds[target[place]] == _NUMBER
        words += similarity > 0.8
        if similarity == ACRONYM_SIMILARITY:
            acronym += 0.25
        if kinds[target[place]] == 0:
            named += weight * worth
            letters += len(asked.tokens[query].key) * worth
    lost = [asked.weights[place] for place in free_query if asked.tokens[place].kind == WORD]
    gained = [weights[target[place]] for place in free_target if kinds[target[place]] == 0]
    missing = [asked.weights[place] for place in free_query]
    extra = [weights[target[place]] for place in free_target]
    lost_numbers = sum(asked.tokens[place].kind == NUMBER for place in free_query)
    new_numbers = sum(kinds[target[place]] == _NUMBER for place in free_target)
    covered_query = (matched_query + 0.02) / (sum(asked.weights) + 0.02)
    covered_target = (matched_target + 0.02) / (sum([weights[n] for n in target]) + 0.02)
    most_missing, most_extra = max(missing, default=0.0), max(extra, default=0.0)
    same_form, other_form = _forms(asked.forms, partition.forms[row])
    return [
        1.0, covered_query, covered_target, sqrt(covered_query * covered_target), agreeing, rarest,
        most_missing, most_extra, min(most_missing, most_extra), sum(missing), sum(extra), slips, rarest_slip,
        float(bool(lost_numbers and new_numbers)), float(bool(lost_numbers) != bool(new_numbers)), float(bool(numbers)),
        same_form, other_form, float(not missing and not extra and slips == 0),
        min(words, 4) / 4, float(len(asked.tokens) == 1 or len(target) == 1),
        float(bool(0 in free_query and 0 in free_target)),
        sum(lost), sum(gained), sum(missing) - sum(lost), sum(extra) - sum(gained),
        named, min(letters, 24) / 24, float(0 not in free_query and 0 not in free_target),
        max(lost, default=0.0), max(gained, default=0.0), covered_query * covered_target,
        acronym,
        _elsewhere(partition, asked, row, free_query),
    ]  # fmt: skip


def _forms(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[float, float]:
    if not one or not other:
        return 0.0, 0.0
    same = any(same_kind(a, b) for a in one for b in other)
    return float(same), float(not same)


def _elsewhere(partition: Partition, asked: Asked, row: int, free: Iterable[int]) -> float:
    """The weight of missing words of the query that other names of the same entity have."""
    if not free:
        return 0.0
    vocabulary = partition.words_of(int(partition.owner[row]))
    return sum(
        asked.weights[place]
        for place in free
        if any(likeness.number in vocabulary and likeness.similarity > 0.85 for likeness in asked.alike[place])
    )
