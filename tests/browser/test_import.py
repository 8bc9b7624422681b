"""A case officer imports a member register in a real browser, sees what each row does, and takes it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.web.members.register import number

from pakten.accounts.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
RIGHT = f"{number(1)[:6]}-{number(1)[6:]}"
WRONG = f"{number(2)[:9]}{(int(number(2)[9]) + 1) % 10}"
REGISTER = f"""Organisation;Org.nr;Typ av organisation;Ort;Medlem sedan;Kollektivavtal;Styrelse
Granens Snickeri AB;{RIGHT};privat;Kiruna;2023-04-01;ja;"Ann Björk, ordförande; Bo Ek, vd"
Åns Fiskeförening;;ideell;Luleå;24 maj 2022;inga anställda;
Fel Siffra AB;{WRONG};privat;Kiruna;2023-04-01;;
Granens Snickeri;;privat;Kiruna;2023-04-01;;
Kort År AB;;privat;Kiruna;23-04-01;vet inte;
"""


@pytest.fixture
def register_file(tmp_path: Path) -> Path:
    """As an old spreadsheet program saves it."""
    path = tmp_path / "medlemmar.csv"
    path.write_bytes(REGISTER.encode("cp1252"))
    return path


def fits(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1280, 390])
def test_from_file_to_members_and_back(
    signed_in: Callable[..., Page],
    check_axe: Check,
    screenshot: Callable[..., Path],
    register_file: Path,
    width: int,
) -> None:
    page = signed_in(Role.CASE_OFFICER, width=width)
    page.goto("/medlemmar/")
    page.get_by_role("link", name="Importera register").first.click()
    page.get_by_label("Medlemsregister").set_input_files(register_file)
    page.get_by_role("button", name="Läs filen").click()

    expect(page.get_by_text("Teckenkodning cp1252")).to_be_visible()
    expect(page.get_by_text("Avgränsare semikolon")).to_be_visible()
    expect(page.get_by_label("Sektor", exact=True)).to_have_value("Typ av organisation")
    check_axe(page)
    fits(page)
    page.get_by_role("button", name="Provkör importen").click()

    expect(page.get_by_text("Inget i registret är ändrat än")).to_be_visible()
    expect(page.get_by_text("Samma organisation som på rad 2")).to_be_visible()
    expect(page.get_by_text("Datumets årtal har två siffror")).to_be_visible()
    check_axe(page)
    fits(page)
    if width == 1280:
        screenshot(page, "import")
    page.get_by_role("link", name="Tas inte in").click()
    expect(page.get_by_text("Granens Snickeri AB")).to_be_hidden()
    page.go_back()
    page.get_by_role("button", name="Genomför importen av 2 rader").click()

    expect(page.get_by_text("Importen är genomförd.")).to_be_visible()
    check_axe(page)
    page.get_by_role("link", name="Granens Snickeri AB").click()
    page.get_by_role("link", name="Personer").click()
    expect(page.get_by_role("rowheader", name="Ann Björk")).to_be_visible()
    page.get_by_role("link", name="Händelser").click()
    expect(page.get_by_text("Blev medlem genom en import")).to_be_visible()
    fits(page)

    page.goto("/import/")
    page.get_by_role("link", name="medlemmar.csv").click()
    page.locator("summary", has_text="Ångra importen").click()
    page.get_by_role("button", name="Ångra importen av 2 rader").click()
    expect(page.get_by_text("Importen är ångrad.")).to_be_visible()
    page.goto("/medlemmar/")
    expect(page.get_by_text("Här kommer medlemmarna att stå")).to_be_visible()


def test_a_file_that_can_not_be_read(
    signed_in: Callable[..., Page], check_axe: Check, check_keyboard: Check, tmp_path: Path
) -> None:
    path = tmp_path / "fel.csv"
    path.write_text("Namn;Ort;Namn\nA;B;C\n", encoding="utf-8")
    page = signed_in(Role.CASE_OFFICER)
    page.goto("/import/")
    page.get_by_label("Medlemsregister").set_input_files(path)
    page.get_by_role("button", name="Läs filen").click()
    expect(page.get_by_text("samma rubrik")).to_be_visible()
    expect(page.get_by_text("filen är sparad som den kom")).to_be_visible()
    check_axe(page)
    check_keyboard(page)


def test_the_columns_are_chosen_with_the_keyboard(
    signed_in: Callable[..., Page], check_keyboard: Check, register_file: Path
) -> None:
    page = signed_in(Role.CASE_OFFICER)
    page.goto("/import/")
    page.get_by_label("Medlemsregister").set_input_files(register_file)
    page.get_by_role("button", name="Läs filen").press("Enter")
    expect(page.get_by_role("heading", name="Vilken kolumn är vad?")).to_be_visible()
    check_keyboard(page)
    place = page.get_by_label("Ort", exact=True)
    place.focus()
    place.press("Home")
    page.get_by_role("button", name="Provkör importen").press("Enter")
    expect(page.get_by_text("Inget i registret är ändrat än")).to_be_visible()
