"""Who may open the addresses of ``pakten.sheets``, and the objects that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.web.role_sets import CONTROL_READERS, OFFICERS, STAFF

from pakten.accounts.models import Role, User

MATRIX: dict[str, Iterable[str] | str] = {
    "sheets:list": CONTROL_READERS,
    "sheets:run": CONTROL_READERS,
    "sheets:draw_all": CONTROL_READERS,
    "sheets:excel": CONTROL_READERS,
    "sheets:zip": CONTROL_READERS,
    "sheets:of": CONTROL_READERS,
    "sheets:draw": CONTROL_READERS,
    "sheets:file": CONTROL_READERS,
    "sheets:register": OFFICERS,
    "sheets:verify": (*STAFF, Role.BOARD_MEMBER),
}
OBJECTS: dict[str, Callable[[User], dict[str, Any]]] = {}
