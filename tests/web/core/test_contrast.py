"""The colours of the style sheet, read from its tokens, against WCAG's contrast, in both themes."""

from __future__ import annotations

import re
from itertools import product

import pytest

from pakten.core import views

SHEET = (views.__file__ or "").replace("views.py", "static/core/pakten.css")
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("ground", "surface", "sunken")
ON_ITS_OWN_GROUND = ("met", "not-met", "unknown", "not-applicable", "waits")


def themes() -> dict[str, dict[str, str]]:
    with open(SHEET, encoding="utf-8") as sheet:
        light, dark = re.findall(r":root \{(.*?)\n *\}", sheet.read(), re.DOTALL)[:2]
    found = {"light": tokens(light)}
    return found | {"dark": found["light"] | tokens(dark)}


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", block))


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_can_be_read_on_every_ground(theme: str) -> None:
    colours = themes()[theme]
    inks = ("ink", "ink-quiet", "action", *ON_ITS_OWN_GROUND)
    pairs = [*product(inks, GROUNDS), *((name, f"{name}-ground") for name in ON_ITS_OWN_GROUND)]
    pairs += [("on-action", "action"), ("action-strong", "action-ground")]
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < TEXT} == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_shapes_and_borders_of_controls_can_be_seen(theme: str) -> None:
    colours = themes()[theme]
    pairs = product(("line-strong", "unknown-line", "waits-line", "focus"), ("ground", "surface"))
    weak = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < SHAPE} == {}
