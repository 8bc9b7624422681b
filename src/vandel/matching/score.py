"""How like two names are: the evidence of the words that agree against that of the words that do not."""

from __future__ import annotations

from functools import cache
from math import exp
from operator import mul

from vandel.matching.candidates import Comparison
from vandel.matching.features import FEATURES, features
from vandel.names.resources import resource


@cache
def weights(person: bool) -> tuple[float, ...]:
    """What each of :data:`FEATURES` is worth in log-odds."""
    worth = resource("weights")["person" if person else "organisation"]
    return tuple(float(worth.get(name, 0.0)) for name in FEATURES)


def likelihood(case: Comparison) -> float:
    """The log-odds that the two names of ``case`` are the same."""
    return float(sum(map(mul, features(case), weights(case.partition.person))))


def probability(log_odds: float) -> float:
    """``log_odds`` as a score from 0 to 1. An even chance is put at 0.70, the score that asks for a look."""
    shifted = max(-30.0, min(30.0, log_odds + float(resource("weights")["shift"])))
    return 1 / (1 + exp(-shifted))
