"""Who may open the addresses of ``pakten.watching``, and the objects that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.web.role_sets import CONTROL_READERS, KEEPERS

from pakten.accounts.models import Role, User
from pakten.watching.models import Outcome, Recontrol, RecontrolReceipt, RecontrolState, SelfTest
from pakten.watching.services.receipts import seal

WATCHERS = (*CONTROL_READERS, Role.ADMINISTRATOR)
STOPPERS = (Role.MANAGER, Role.ADMINISTRATOR)

MATRIX: dict[str, Iterable[str] | str] = {
    "watching:overview": WATCHERS,
    "watching:due": WATCHERS,
    "watching:waiting": WATCHERS,
    "watching:members": CONTROL_READERS,
    "watching:recontrols": WATCHERS,
    # The receipts name members and how they stand.
    "watching:recontrol": CONTROL_READERS,
    "watching:untouched": CONTROL_READERS,
    "watching:receipt_file": CONTROL_READERS,
    "watching:selftests": WATCHERS,
    "watching:selftest": WATCHERS,
    "watching:make_selftest": KEEPERS,
    "watching:press": STOPPERS,
    "watching:release": STOPPERS,
}


def a_recontrol(_user: User) -> dict[str, Any]:
    made = Recontrol.objects.create(kind="daily", because="Prov", state=RecontrolState.DONE)
    content = {"touched": [], "untouched": {"because": "", "members": []}, "threshold": 0.7, "near": 0.35}
    RecontrolReceipt.objects.create(recontrol=made, content=content, sha256=seal(content))
    return {"number": made.pk}


def a_selftest(_user: User) -> dict[str, Any]:
    content = {"threshold": 0.7, "lists": []}
    return {
        "number": SelfTest.objects.create(outcome=Outcome.PASSED, content=content, sha256=seal(content)).pk
    }


OBJECTS: dict[str, Callable[[User], dict[str, Any]]] = {
    "watching:recontrol": a_recontrol,
    "watching:untouched": a_recontrol,
    "watching:receipt_file": a_recontrol,
    "watching:selftest": a_selftest,
}
