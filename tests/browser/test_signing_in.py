"""Signing in and out in a real browser, with the mouse and without."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pakten.accounts.demo_people import DEMO_PASSWORD, DEMO_SIGN_INS
from pakten.accounts.models import Role
from pakten.accounts.services import add_demo_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
FIRST = DEMO_SIGN_INS[0]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_for_signing_in(
    open_page: Callable[..., Page],
    check_axe: Check,
    check_keyboard: Check,
    width: int,
    scheme: str,
    settings: object,
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    add_demo_people()
    page = open_page(width=width, color_scheme=scheme)
    page.goto("/logga-in/")
    check_axe(page)
    check_keyboard(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_one_button_signs_a_demo_person_in(page: Page, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    add_demo_people()
    page.goto("/")
    expect(page).to_have_title("Logga in – Pakten")
    page.get_by_role("button", name=FIRST.first_name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hem")


def test_by_keyboard_in_and_out_again_without_javascript(open_page: Callable[..., Page]) -> None:
    add_demo_people()
    page = open_page(java_script_enabled=False)
    page.goto("/jobb/")
    page.get_by_label("Användarnamn").fill(FIRST.username)
    page.get_by_label("Lösenord").fill(DEMO_PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobb")
    page.get_by_role("button", name="Logga ut").first.click()
    page.goto("/jobb/")
    expect(page).to_have_title("Logga in – Pakten")


def test_a_wrong_password_is_told_and_the_name_is_kept(page: Page, check_axe: Check) -> None:
    page.goto("/logga-in/")
    page.get_by_label("Användarnamn").fill("hanna")
    page.get_by_label("Lösenord").fill("fel")
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("stämmer inte")
    expect(page.get_by_label("Användarnamn")).to_have_value("hanna")
    check_axe(page)


def test_the_log_and_its_check(
    signed_in: Callable[..., Page], check_axe: Check, check_keyboard: Check, screenshot: Callable[..., Path]
) -> None:
    add_demo_people()
    for width in (1280, 390):
        page = signed_in(Role.AUDITOR, width=width)
        page.goto("/logg/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Logg")
        check_axe(page)
        check_keyboard(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert screenshot(page, f"logg-{width}").stat().st_size > 5_000
        page.get_by_role("link", name="Pröva loggen").click()
        expect(page.get_by_role("status")).to_contain_text("Kedjan håller.")
        check_axe(page)
