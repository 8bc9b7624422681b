"""What each action, and what its values say, is called in Swedish, as the areas tell it.

An area has a module ``actions`` with ``ACTIONS``, from the action's dotted name to a sentence without its
doer: ``"members.import.applied": "läste in ett medlemsregister"``. ``FIELDS`` has a word for each name under
which it logs a value, and ``CODES`` the choices of those whose values are codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from django.apps import apps

AREAS = {
    "accounts": "Konton",
    "alerts": "Att bedöma",
    "audit": "Logg",
    "checks": "Kontroll",
    "decisions": "Beslut",
    "demo": "Demonätverk",
    "deviations": "Avvikelser",
    "figures": "Siffror",
    "jobs": "Jobb",
    "letters": "Utgående post",
    "members": "Medlemmar",
    "organisations": "Organisationer",
    "records": "Diarium",
    "sheets": "Kontrollblad",
    "visits": "Webbplatsbesök",
    "watching": "Bevakning",
}


def sentence(action: str) -> str:
    """The action in Swedish; its dotted name where no area has told."""
    return _sentences().get(action, action)


def field(area: str, name: str) -> str:
    """The name of a logged value in Swedish; the name itself where its area has not told."""
    words: dict[str, str] = getattr(_modules().get(area), "FIELDS", {})
    return words.get(name, name)


def in_order(area: str, names: Iterable[str]) -> list[str]:
    """Names of logged values as their area lists them, others after; databases keep no order of their own."""
    known = {name: place for place, name in enumerate(getattr(_modules().get(area), "FIELDS", {}))}
    return sorted(names, key=lambda name: (known.get(name, len(known)), name))


def code(area: str, name: str, *, value: str) -> str:
    """A logged text in Swedish where it is a code of its area's, else as it is."""
    choices = getattr(_modules().get(area), "CODES", {}).get(name)
    words = {choice.value: str(choice.label) for choice in choices or ()}
    return words.get(value, value)


@cache
def _sentences() -> dict[str, str]:
    return {action: words for module in _modules().values() for action, words in module.ACTIONS.items()}


@cache
def _modules() -> dict[str, ModuleType]:
    names = {config.label: f"{config.name}.actions" for config in apps.get_app_configs()}
    ours = {label: name for label, name in names.items() if name.startswith("pakten.") and find_spec(name)}
    return {label: import_module(name) for label, name in ours.items()}
