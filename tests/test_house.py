"""The house rules of size and naming, measured on the source (DESIGN: "Size")."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src"
FILES = sorted(p for p in SOURCE.rglob("*.py") if "migrations" not in p.parts)

MODULE_CEILING = 350
FUNCTION_CEILING = 40
PARAMETERS = 6
POSITIONAL = 2
EMPTY_NAMES = {"utils", "common", "helpers", "manager"}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def own_arguments(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    positional = [*node.args.posonlyargs, *node.args.args]
    return [a for a in positional if a.arg not in {"self", "cls"}]


def is_fixed_by_framework(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Magic methods have the signature that the language gives them."""
    return node.name.startswith("__") and node.name != "__init__"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_size(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= MODULE_CEILING, f"{lines} lines; split by notion"
    assert path.stem not in EMPTY_NAMES, "a name that says nothing"
    for node in functions(path):
        length = (node.end_lineno or node.lineno) - node.lineno + 1
        assert length <= FUNCTION_CEILING, f"{node.name}: {length} lines"
        positional = own_arguments(node)
        every = len(positional) + len(node.args.kwonlyargs)
        assert every <= PARAMETERS, f"{node.name}: {every} parameters"
        if not is_fixed_by_framework(node):
            assert len(positional) <= POSITIONAL, f"{node.name}: {len(positional)} positional parameters"


def test_no_machine_paths_or_registries() -> None:
    """Nothing that we ship names a machine path or a package registry."""
    root = SOURCE.parent
    traces = ("/work" + "/", "/root" + "/", "index" + "-url", "pypi" + ".org")
    for path in [*FILES, *root.glob("*.toml"), *root.glob("*.md"), *root.glob("requirements/*")]:
        text = path.read_text(encoding="utf-8")
        for trace in traces:
            assert trace not in text.replace("--no-emit-index-url", ""), f"{path.name} names {trace}"
