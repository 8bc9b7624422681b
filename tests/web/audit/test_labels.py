"""Every action that the source can write into the log has its Swedish words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import pakten
from pakten.audit.labels import AREAS, _sentences, code, field, sentence
from pakten.records.models import Case, Record, RecordType
from pakten.records.services import Correction, MarkFacts, OutsideNumber, SeriesFacts, cases, receiving

TOLD = set(AREAS) - {"audit", "demo", "figures"}
# A name that ends with _id is a column of a table, not an action.
ACTION = re.compile(rf"({'|'.join(AREAS)})\.[a-z_]+\.[a-z_]+(?<!_id)")
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


def fields_in(path: Path) -> Iterator[tuple[str, str]]:
    """Area and name of each value that stands in a dictionary handed to the log as before or after."""
    area = path.relative_to(Path(pakten.__file__).parent).parts[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.keyword) and node.arg in {"before", "after"}:
            value: ast.expr | None = node.value
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in {"before", "after"}:
            value = node.value
        else:
            continue
        for part in ast.walk(value) if value else ():
            for key in part.keys if isinstance(part, ast.Dict) else ():
                if isinstance(key, ast.Constant):
                    yield area, str(key.value)


FOUND = sorted({action for path in SOURCES for action in actions_in(path)})


@pytest.mark.parametrize("action", FOUND)
def test_the_action_is_told_in_swedish(action: str) -> None:
    known = [
        name for name in _sentences() if name == action or (action.endswith(".") and name.startswith(action))
    ]
    assert known, f"add {action} to the area's actions.py"


LOGGED = sorted({found for path in SOURCES if "services" in str(path) for found in fields_in(path)})


@pytest.mark.parametrize(("area", "name"), [pair for pair in LOGGED if pair[0] in TOLD])
def test_the_value_is_told_in_swedish(area: str, name: str) -> None:
    assert field(area, name) != name, f"add {name} to FIELDS in the actions.py of {area}"


def test_codes_are_told_in_swedish_where_they_are_codes() -> None:
    assert code("organisations", "sector", value="civil") == "civilsamhälle"
    assert code("organisations", "legal_name", value="civil") == "civil"
    assert code("later", "sector", value="civil") == "civil" and field("later", "sector") == "sector"


def test_every_value_that_the_diary_logs_has_its_word() -> None:
    """Most of them are put together by a function, so that the source does not show their names."""
    facts = (MarkFacts, SeriesFacts, OutsideNumber, Correction)
    names = {each.name for kind in facts for each in fields(kind)}
    case, record = Case(), Record(record_type=RecordType())
    names |= {*cases._told(case), *receiving.told(record), "outcome", "minutes", "records"}
    assert [name for name in sorted(names) if field("records", name) == name] == []
    assert code("records", "outcome", value="partly") == "Lämnades ut delvis"
    assert code("records", "state", value="lifted") == "Hävd"


def test_the_source_was_really_read() -> None:
    assert {("accounts", "roles"), ("checks", "in_use"), ("members", "counts")} <= set(LOGGED)
    assert {"jobs.job.started", "accounts.roles.changed"} <= set(FOUND)
    assert not [action for action in _sentences() if not ACTION.fullmatch(action)]


def test_an_unknown_action_shows_its_name() -> None:
    assert sentence("later.thing.done") == "later.thing.done"
