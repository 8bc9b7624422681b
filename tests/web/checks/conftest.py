"""A small invented world, on a demonstration installation with its own folders for lists and registers."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings
from tests.web.checks.world import World


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Settings) -> World:
    """Nobody is a member yet, and no list is taken in."""
    settings.DEMO = True
    settings.LIST_STORE = tmp_path / "lists"
    settings.REGISTER_STORE = tmp_path / "registers"
    return World(tmp_path)
