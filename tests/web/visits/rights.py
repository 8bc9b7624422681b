"""Who may open the addresses of ``pakten.visits``, and the objects that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.web.role_sets import CONTROL_READERS, OFFICERS, PUBLIC
from tests.web.visits import seen

from pakten.accounts.models import Role, User

MATRIX: dict[str, Iterable[str] | str] = {
    "visits:list": CONTROL_READERS,
    "visits:export": CONTROL_READERS,
    "visits:never": CONTROL_READERS,
    "visits:order_round": OFFICERS,
    "visits:due": (*CONTROL_READERS, Role.REGISTRAR),
    "visits:judge_statement": OFFICERS,
    "visits:visit": CONTROL_READERS,
    "visits:page": CONTROL_READERS,
    "visits:differences": CONTROL_READERS,
    "visits:package": CONTROL_READERS,
    "visits:verify": CONTROL_READERS,
    "visits:file": CONTROL_READERS,
    "visits:judge_belonging": OFFICERS,
    "visits:tell_again": OFFICERS,
    "visits:dispose": (Role.MANAGER, Role.REGISTRAR),
    "visits:order": OFFICERS,
    "visits:own": OFFICERS,
    "visits:about": PUBLIC,
}
OBJECTS: dict[str, Callable[[User], dict[str, Any]]] = {
    "visits:export": lambda _user: {"form": "csv"},
    "visits:judge_statement": lambda _user: {"statement_id": seen.statement().pk},
    "visits:visit": lambda _user: {"visit_id": seen.visit().pk},
    "visits:page": lambda _user: {"visit_id": seen.visit().pk, "position": 1},
    "visits:differences": lambda _user: {"visit_id": seen.visit().pk},
    "visits:package": lambda _user: {"visit_id": seen.visit().pk},
    "visits:verify": lambda _user: {"visit_id": seen.visit().pk},
    "visits:file": lambda _user: {"visit_id": seen.own_visit().pk, "position": 1},
    "visits:judge_belonging": lambda _user: {"visit_id": seen.visit().pk},
    "visits:tell_again": lambda _user: {"visit_id": seen.visit().pk},
    "visits:dispose": lambda _user: {"visit_id": seen.visit().pk},
    "visits:order": lambda _user: {"public_id": seen.visit().organisation.public_id},
    "visits:own": lambda _user: {"public_id": seen.visit().organisation.public_id},
}
