"""Writes of this area: lists and their editions, runs of the control, judgements of likenesses."""

from pakten.checks.services.editions import Arrival, accept_held, discard_held, fetch, take_edition
from pakten.checks.services.judge import Opinion, confirm, decline, judge, withdraw
from pakten.checks.services.pointers import set_in_use, switch_back
from pakten.checks.services.runs import start

__all__ = [
    "Arrival",
    "Opinion",
    "accept_held",
    "confirm",
    "decline",
    "discard_held",
    "fetch",
    "judge",
    "set_in_use",
    "start",
    "switch_back",
    "take_edition",
    "withdraw",
]
