"""What each action is called in Swedish, as the areas tell it.

An area has a module ``actions`` with ``ACTIONS``, from the action's dotted name to a sentence without its
doer: ``"members.import.applied": "läste in ett medlemsregister"``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

AREAS = {
    "accounts": "Konton",
    "audit": "Logg",
    "checks": "Kontroll",
    "demo": "Demonätverk",
    "jobs": "Jobb",
    "members": "Medlemmar",
    "organisations": "Organisationer",
    "records": "Diarium",
}


def sentence(action: str) -> str:
    """The action in Swedish; its dotted name where no area has told."""
    return _sentences().get(action, action)


@cache
def _sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    for area in apps.get_app_configs():
        name = f"{area.name}.actions"
        if area.name.startswith("pakten.") and find_spec(name):
            found |= import_module(name).ACTIONS
    return found
