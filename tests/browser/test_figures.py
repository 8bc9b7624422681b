"""Figures, duplicates and leaving in a browser: axe, keyboard, wide and narrow, light and dark."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW, WIDE
from tests.web.members import register

from pakten.accounts.models import Role
from pakten.figures.models import FrozenFigure

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]


@pytest.fixture
def network() -> str:
    """Two members and a double, one that has left; gives back the address of the pair."""
    one = register.member("Ekens Snickeri AB", joined=date(2022, 3, 1)).organisation
    other = register.member("Ekens Snickeri", joined=date(2022, 4, 1)).organisation
    register.left(register.member("Har Slutat AB", joined=date(2021, 1, 1)), date(2022, 5, 1))
    return f"/medlemmar/dubbletter/{one.public_id}/{other.public_id}/"


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_well_made(
    network: str,
    signed_in: Callable[..., Page],
    check_axe: Check,
    check_keyboard: Check,
    width: int,
    scheme: str,
) -> None:
    page = signed_in(Role.MANAGER, width=width, color_scheme=scheme)
    member = network.split("/")[3]
    for url in (
        "/siffror/",
        "/siffror/medlemmar/?datum=2022-05-24",
        "/siffror/skal-att-lamna/?datum=2022-05-24",
        "/siffror/medlemmar/lista/?per=2022-2&kol=private&datum=2022-05-24",
        "/medlemmar/dubbletter/",
        network,
        f"/medlemmar/{member}/avsluta/",
        f"/medlemmar/{member}/agare/",
    ):
        page.goto(url)
        check_axe(page)
        check_keyboard(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{url} is {wide} pixels too wide"


def test_from_a_number_to_its_list_and_to_a_frozen_copy(
    network: str, signed_in: Callable[..., Page], screenshot: Callable[..., Path]
) -> None:
    page = signed_in(Role.CASE_OFFICER)
    page.goto("/siffror/medlemmar/?datum=2022-05-24")
    screenshot(page, "siffror")
    row = page.get_by_role("row", name="2022 kvartal 2, till 24/5")
    row.get_by_role("link").first.click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.go_back()
    page.get_by_label("Vad ska siffran användas till?").fill("svar på skrivelse")
    page.get_by_role("button", name="Frys").click()
    expect(page.get_by_text("Siffran är frusen")).to_be_visible()
    page.get_by_role("link", name="Räkna om").click()
    expect(page.get_by_text("Inget skiljer.")).to_be_visible()
    assert FrozenFigure.objects.get().reason == "svar på skrivelse"
