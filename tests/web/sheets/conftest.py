"""The invented world of the controls, with a member whose board has a likeness on the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings
from tests.web.checks.world import LISTED_PERSON, World, board

from pakten.checks.models import Control, Likeness
from pakten.members.models import Membership
from pakten.organisations.models import Sector

# A personal identity number that was never given to anybody: the last digits are reserved for tests.
PERSONAL = "19640823-3234"


@pytest.fixture
def world(db: None, tmp_path: Path, settings: Settings) -> World:
    """Nobody is a member yet, and no list is taken in."""
    settings.DEMO = True
    settings.LIST_STORE = tmp_path / "lists"
    return World(tmp_path)


@pytest.fixture
def member(world: World) -> Membership:
    """Björkviken, whose board member bears a listed person's name; beside it a clean and a public one."""
    world.take()
    world.member("Kommunala Nämnden", sector=Sector.PUBLIC)
    world.member("Almby Förening", sector=Sector.CIVIL)
    return world.member("Björkvikens Snickeri AB", board(LISTED_PERSON, "1950-01-02"))


@pytest.fixture
def control(world: World, member: Membership) -> Control:
    """Björkviken's control in a finished run: a likeness waits."""
    world.run()
    assert Likeness.objects.count() == 1
    return world.control_of(member)
