"""How like two names are: the evidence of the words that agree against that of the words that do not."""

from __future__ import annotations

from vandel.matching.align import align
from vandel.matching.candidates import Asked
from vandel.matching.partition import Partition


def score(partition: Partition, asked: Asked, row: int) -> float:
    """The likeness of a query's name and the listed name in ``row``, 0 to 1."""
    target = partition.rows[row]
    pairs = align(partition, asked, target)
    matched_query = matched_target = 0.0
    for query, place, similarity in pairs:
        worth = max(0.0, 2 * similarity - 1)
        matched_query += asked.weights[query] * worth
        matched_target += partition.weights[target[place]] * worth
    all_query = sum(asked.weights) + 0.05
    all_target = sum(partition.weights[number] for number in target) + 0.05
    return float(((matched_query + 0.05) / all_query * (matched_target + 0.05) / all_target) ** 0.5)
