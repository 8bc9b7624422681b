"""The command itself: help, version, a light start, and ``vandel explain``."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Command = Callable[..., Any]

SLOW_TO_LOAD = ("openpyxl", "httpx", "lxml", "tqdm", "numpy", "yaml", "stdnum", "python_calamine")


def test_help_and_version(vandel: Command) -> None:
    shown = vandel("--help")
    assert shown.code == 0 and "screen" in shown.out and "explain" in shown.out
    assert vandel("--version").out.startswith("vandel ")
    assert "default_threshold" in vandel("screen", "--help").out


def test_an_unknown_command_gets_one_line(vandel: Command) -> None:
    for words in ((), ("dance",), ("screen", "--speed")):
        ran = vandel(*words)
        assert ran.code == 2 and ran.err.count("\n") == 1


def test_help_loads_nothing_slow() -> None:
    program = (
        "import sys; from vandel.cli import main\n"
        "try: main(['screen', '--help'])\n"
        f"except SystemExit: sys.stderr.write(','.join(set(sys.modules) & set({SLOW_TO_LOAD!r})))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stderr == ""


def test_two_names_letter_by_letter(vandel: Command) -> None:
    ran = vandel("explain", "Norrskenets Åkeri AB", "Norskenets Akeri")
    assert ran.code == 0
    asked, listed, *rest = ran.out.splitlines()
    assert asked == "asked:   Nor[r]skenets Åkeri [AB]"
    assert listed == "listed:  Norskenets Akeri"
    assert any(line.startswith("score:   ") for line in rest)
    assert "legal" in ran.out.lower()


def test_a_name_against_a_listed_party(vandel: Command, invented: Path) -> None:
    for entity in ("IN-3", "invented:IN-3"):
        ran = vandel("explain", "Grimwald Storskogen", entity, "--list", invented)
        assert ran.code == 0 and "Grimvald Storskogen" in ran.out.replace("[", "").replace("]", "")


def test_names_with_nothing_alike(vandel: Command) -> None:
    assert "nothing alike" in vandel("explain", "Blåsippan", "Kvarnholmen").out


def test_what_cannot_be_explained(vandel: Command, invented: Path) -> None:
    assert "IN-99" in vandel("explain", "Berg", "IN-99", "--list", invented).err
    ran = vandel("explain", "...", "Berg")
    assert ran.code == 2 and "no letters" in ran.err
