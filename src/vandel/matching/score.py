"""How like two names are: the evidence of the words that agree against that of the words that do not."""

from __future__ import annotations

from functools import cache
from math import exp
from operator import mul

from vandel.matching.candidates import Asked
from vandel.matching.features import FEATURES, features
from vandel.matching.partition import Partition
from vandel.names.resources import resource


@cache
def weights(person: bool) -> tuple[float, ...]:
    """What each of :data:`FEATURES` is worth in log-odds."""
    worth = resource("weights")["person" if person else "organisation"]
    return tuple(float(worth.get(name, 0.0)) for name in FEATURES)


def score(partition: Partition, asked: Asked, row: int) -> float:
    """The likeness of a query's name and the listed name in ``row``, 0 to 1."""
    values = features(partition, asked, row)
    total = sum(map(mul, values, weights(partition.person)))
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
