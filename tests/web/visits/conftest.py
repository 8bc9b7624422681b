"""What areas above do when a website has changed is for their own tests."""

from __future__ import annotations

import pytest

from pakten.organisations import changes


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> list[changes.Change]:
    """The changes that were announced."""
    told: list[changes.Change] = []
    monkeypatch.setattr(changes, "_LISTENERS", [told.append])
    return told
