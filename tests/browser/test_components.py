"""The living page of components in a real browser: keyboard, widths, both themes, no JavaScript, axe."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/komponenter"
WIDE, NARROW = 1280, 390


@pytest.fixture
def opened(open_page: Callable[..., Page], settings, request: pytest.FixtureRequest) -> Page:
    """The page, opened with the options of the parametrized test."""
    settings.DEMO = True
    page = open_page(**getattr(request, "param", {}))
    page.goto(ADDRESS)
    return page


VIEWS = [
    pytest.param({"width": width, "color_scheme": scheme}, id=f"{width}-{scheme}")
    for width in (WIDE, NARROW)
    for scheme in ("light", "dark")
]


@pytest.mark.parametrize("opened", VIEWS, indirect=True)
def test_axe_finds_nothing(opened: Page, check_axe: Callable[[Page], None]) -> None:
    check_axe(opened)


def test_nothing_is_wider_than_the_screen(opened: Page) -> None:
    for width in (320, NARROW, 768, 1000, WIDE):
        opened.set_viewport_size({"width": width, "height": 900})
        assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_j_and_k_move_and_enter_opens(opened: Page) -> None:
    current = "() => document.querySelector('.is-current a').textContent"
    opened.keyboard.press("j")
    assert opened.evaluate(current) == "Norrskenets Åkeri AB"
    opened.keyboard.press("j")
    assert opened.evaluate(current) == "Föreningen Långbordet"
    opened.keyboard.press("k")
    assert opened.evaluate(current) == "Norrskenets Åkeri AB"
    with opened.expect_navigation():
        opened.keyboard.press("Enter")


def test_the_head_of_a_table_stays_in_sight(opened: Page) -> None:
    head = opened.locator(".table--stack thead th").first
    opened.locator(".table--stack").evaluate(
        "table => scrollTo(0, table.getBoundingClientRect().bottom + scrollY - 80)"
    )
    assert head.bounding_box()["y"] == 0


def test_the_question_mark_shows_the_keys(opened: Page) -> None:
    assert not opened.locator("#keys").is_visible()
    opened.keyboard.press("?")
    said = opened.locator("#keys").inner_text()
    assert "Nästa rad" in said
    assert "Ja, samma" in said
    opened.keyboard.press("Escape")
    assert not opened.locator("#keys").is_visible()


def test_a_key_presses_its_button_but_not_while_writing(opened: Page) -> None:
    opened.evaluate(
        "document.querySelector('[data-key=\"1\"]').addEventListener('click', () => document.title += '!')"
    )
    opened.keyboard.press("1")
    assert opened.title().endswith("!")
    opened.locator("#q").press("1")
    assert opened.locator("#q").input_value() == "1"
    assert not opened.title().endswith("!!")


def test_a_toast_can_be_closed(opened: Page) -> None:
    opened.locator(".toast").get_by_role("button", name="Stäng").click()
    assert opened.locator(".toast").count() == 0


def test_the_error_summary_takes_the_focus_and_leads_to_its_field(opened: Page) -> None:
    assert opened.evaluate("document.activeElement.classList.contains('error-summary')")
    opened.locator(".error-summary a").first.click()
    assert opened.evaluate("document.activeElement.id") == "id_b-name"


@pytest.mark.parametrize("opened", [{"java_script_enabled": False, "width": NARROW}], indirect=True)
def test_everything_can_be_read_without_javascript(opened: Page) -> None:
    for heading in opened.locator("main h2").all():
        assert heading.is_visible()
    assert opened.locator("table tbody tr").first.is_visible()


def test_print_leaves_out_what_can_only_be_pressed(opened: Page) -> None:
    opened.emulate_media(media="print")
    assert not opened.locator(".filter").first.is_visible()
    assert not opened.locator(".top").is_visible()
    assert opened.locator("h1").is_visible()
