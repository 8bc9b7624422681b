"""An invented list, and a shell to run ``vandel`` in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from vandel.cli import main

LISTED = (
    {
        "id": "IN-1",
        "schema": "Company",
        "properties": {"name": ["Zavod Polarnaja Svezda OOO"], "country": ["ru"]},
    },
    {"id": "IN-2", "schema": "Organization", "properties": {"name": ["Kvarnholmens Skeppsmäkleri"]}},
    {
        "id": "IN-3",
        "schema": "Person",
        "properties": {"name": ["Grimvald Storskogen"], "birthDate": ["1961-04-05"]},
    },
)


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def vandel(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs a command as from a shell, without a terminal."""

    def run(*words: object) -> Ran:
        try:
            code = main([str(word) for word in words])
        except SystemExit as exit:
            code = int(exit.code or 0)
        shown = capsys.readouterr()
        return Ran(code, shown.out, shown.err)

    return run


@pytest.fixture
def invented(tmp_path: Path) -> Path:
    """An invented list as FollowTheMoney JSON lines."""
    path = tmp_path / "invented.ftm.jsonl"
    path.write_text("".join(json.dumps(entry) + "\n" for entry in LISTED), encoding="utf-8")
    return path
