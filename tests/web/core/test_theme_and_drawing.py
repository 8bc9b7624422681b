"""The city's name from a theme folder, and the bar of the four results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pakten.core.templatetags.drawing import bar_parts
from pakten.core.theme import NEUTRAL, read_theme, theme


def test_a_city_names_itself_in_its_own_folder(settings, tmp_path: Path) -> None:
    (tmp_path / "theme.json").write_text(json.dumps({"city": "Lillhamn", "network": "Lillhamnspakten"}))
    settings.THEME_DIR = tmp_path
    assert (theme().city, theme().network) == ("Lillhamn", "Lillhamnspakten")


def test_what_is_shipped_names_no_city() -> None:
    assert read_theme(NEUTRAL).city == "Staden"


def test_a_folder_that_is_no_theme_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"theme\.json"):
        read_theme(tmp_path)


def test_the_bar_fills_its_width_in_fixed_order() -> None:
    parts = bar_parts(met=3, not_met=1, unknown=4, not_applicable=0)
    assert [part.value for part in parts] == ["met", "not_met", "unknown", "not_applicable"]
    assert [part.x for part in parts] == ["0.00%", "37.50%", "50.00%", "100.00%"]
    assert [part.width for part in parts] == ["37.50%", "12.50%", "50.00%", "0.00%"]


def test_an_empty_bar_claims_nothing() -> None:
    assert {part.share for part in bar_parts()} == {None}
