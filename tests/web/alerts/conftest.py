"""The invented world of the controls, for what follows from them."""

from tests.web.checks.conftest import world

__all__ = ["world"]
