"""The refusals that the engine can raise, read out of its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[3] / "src"
# The command line speaks English only: what it refuses itself never reaches a page.
COMMAND_LINE = SOURCE / "vandel" / "cli"
_tree = cache(ast.parse)


@dataclass(frozen=True)
class Raised:
    """One construction of an InputError: where, with which code and which parameters."""

    where: str
    code: str
    params: frozenset[str]


def refusals() -> list[Raised]:
    """Every construction with a literal code, of InputError or of a class derived from it."""
    paths = [path for path in sorted(SOURCE.rglob("*.py")) if COMMAND_LINE not in path.parents]
    texts = {path: path.read_text(encoding="utf-8") for path in paths}
    names = refusal_classes(list(texts.values()))
    trees = {path: _tree(text) for path, text in texts.items() if names_one(text, names)}
    _tree.cache_clear()
    return [found for path, tree in trees.items() for found in constructions(tree, names, path)]


def refusal_classes(texts: list[str]) -> set[str]:
    """InputError and all that derive from it, by name."""
    known = {"InputError"}
    while True:
        trees = [_tree(text) for text in texts if names_one(text, known)]
        classes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
        more = {
            c.name for c in classes if {getattr(b, "id", getattr(b, "attr", "")) for b in c.bases} & known
        }
        if more <= known:
            return known
        known |= more


def names_one(text: str, names: set[str]) -> bool:
    """Whether a module can define or raise one of them; most can't, and to parse those takes seconds."""
    return any(name in text for name in names)


def constructions(tree: ast.Module, names: set[str], path: Path) -> Iterator[Raised]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        first = node.args[0]
        if name in names and isinstance(first, ast.Constant) and isinstance(first.value, str):
            params = frozenset(word.arg for word in node.keywords if word.arg)
            yield Raised(f"{path.relative_to(SOURCE)}:{node.lineno}", first.value, params)
