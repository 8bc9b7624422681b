"""Every action that the source can write into the log has its Swedish words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import pakten
from pakten.audit.labels import AREAS, _sentences, sentence

ACTION = re.compile(rf"({'|'.join(AREAS)})\.[a-z_]+\.[a-z_]+")
SOURCES = [
    path
    for path in Path(pakten.__file__).parent.rglob("*.py")
    if path.name not in {"actions.py", "labels.py"} and "migrations" not in path.parts
]


def actions_in(path: Path) -> Iterator[str]:
    """Texts that look like an action; of one with a gap given to ``record``, what stands before the gap."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ACTION.fullmatch(node.value):
            yield node.value
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
            yield from (part.values[0].value for part in node.args[:1] if isinstance(part, ast.JoinedStr))


FOUND = sorted({action for path in SOURCES for action in actions_in(path)})


@pytest.mark.parametrize("action", FOUND)
def test_the_action_is_told_in_swedish(action: str) -> None:
    known = [
        name for name in _sentences() if name == action or (action.endswith(".") and name.startswith(action))
    ]
    assert known, f"add {action} to the area's actions.py"


def test_the_source_was_really_read() -> None:
    assert {"jobs.job.started", "accounts.roles.changed"} <= set(FOUND)
    assert not [action for action in _sentences() if not ACTION.fullmatch(action)]


def test_an_unknown_action_shows_its_name() -> None:
    assert sentence("later.thing.done") == "later.thing.done"
