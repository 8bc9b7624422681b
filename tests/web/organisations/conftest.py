"""Registers in a folder of their own, so that one test's editions are never another's."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def _own_registers(tmp_path: Path, settings: Settings) -> None:
    settings.REGISTER_STORE = tmp_path / "registers"
