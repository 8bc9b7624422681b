"""Who may open the addresses of ``pakten.alerts``, and the objects that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.web.alerts import desk
from tests.web.role_sets import CONTROL_READERS, OFFICERS

from pakten.accounts.models import Role, User

MATRIX: dict[str, Iterable[str] | str] = {
    "alerts:inbox": CONTROL_READERS,
    "alerts:export": CONTROL_READERS,
    "alerts:many": OFFICERS,
    "alerts:rules": CONTROL_READERS,
    "alerts:change_rule": (Role.MANAGER,),
    "alerts:samples": CONTROL_READERS,
    "alerts:change_share": (Role.MANAGER,),
    "alerts:alert": CONTROL_READERS,
    "alerts:answer": OFFICERS,
    "alerts:ask": OFFICERS,
    "alerts:answered": OFFICERS,
    "alerts:confirm": OFFICERS,
    "alerts:decline": OFFICERS,
    "alerts:reopen": OFFICERS,
    "alerts:assign": OFFICERS,
    "alerts:snooze": OFFICERS,
    "alerts:wake": OFFICERS,
    "alerts:due": OFFICERS,
    "alerts:note": OFFICERS,
}


def _alert(_user: User) -> dict[str, Any]:
    return {"alert_id": desk.alert().pk}


OBJECTS: dict[str, Callable[[User], dict[str, Any]]] = {
    name: _alert
    for name in MATRIX
    if name
    not in {
        "alerts:inbox",
        "alerts:export",
        "alerts:many",
        "alerts:rules",
        "alerts:change_rule",
        "alerts:samples",
        "alerts:change_share",
    }
} | {
    "alerts:export": lambda _user: {"form": "csv"},
    "alerts:change_rule": lambda _user: {"kind": "site_change"},
}
