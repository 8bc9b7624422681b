"""An entry that was acknowledged is never lost, however the process dies."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.processes import product_environment

from pakten.audit.verification import verify

APPENDER = Path(__file__).parent / "appender.py"
KILLS = 4


def acknowledged_before_kill(entries: int) -> int:
    """The last entry that the process told of; it was killed after so many."""
    process = subprocess.Popen(
        [sys.executable, str(APPENDER)], env=product_environment(), stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    for _ in range(entries):
        process.stdout.readline()
    process.kill()
    rest, _ = process.communicate()
    told = [line for line in rest.split("\n")[:-1] if line]
    return int(told[-1]) if told else 0


@pytest.mark.django_db(transaction=True)
def test_what_was_acknowledged_is_there_after_each_kill() -> None:
    chance = random.Random(2026)
    for _ in range(KILLS):
        last = acknowledged_before_kill(chance.randrange(1, 60))
        result = verify()
        assert result.ok, result.problem
        assert result.entries in {last, last + 1} if last else result.entries > 0
