"""The invented world of the control, and the means to take up what has changed."""

from __future__ import annotations

from tests.web.checks.conftest import world

__all__ = ["world"]
