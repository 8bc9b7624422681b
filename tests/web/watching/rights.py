"""Who may open the addresses of ``pakten.watching``, and the objects that they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pakten.accounts.models import User

MATRIX: dict[str, Iterable[str] | str] = {}
OBJECTS: dict[str, Callable[[User], dict[str, Any]]] = {}
