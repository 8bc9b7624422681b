"""A filtered list in a browser: follows while one types, has an address, and the way back works."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from pakten.accounts.models import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def members(settings, tmp_path, signed_in: Callable[..., Page]) -> Page:
    settings.DEMO = True
    settings.LIST_STORE = tmp_path
    call_command("demo", verbosity=0)
    page = signed_in(Role.CASE_OFFICER)
    page.goto("/medlemmar/")
    return page


def test_the_list_follows_and_its_address_too(members: Page) -> None:
    rows = members.locator("#resultat tbody tr")
    everybody = rows.count()
    members.get_by_label("Sök namn").press_sequentially("Tvätteri")
    expect(members.locator("#resultat .table-head")).to_contain_text(re.compile(r"av 4\d\d medlemmar"))
    expect(members).to_have_url(re.compile(r"/medlemmar/\?sok=Tv%C3%A4tteri$"))
    expect(members.get_by_label("Sök namn")).to_be_focused()
    assert rows.count() < everybody
    members.get_by_role("link", name="Rensa").click()
    expect(members).to_have_url(re.compile(r"/medlemmar/$"))
    members.go_back()
    expect(members.get_by_label("Sök namn")).to_have_value("Tvätteri")
    assert rows.count() < everybody


def test_the_same_address_works_without_javascript(members: Page, signed_in: Callable[..., Page]) -> None:
    plain = signed_in(Role.CASE_OFFICER, java_script_enabled=False)
    plain.goto("/medlemmar/")
    plain.get_by_label("Sök namn").fill("Tvätteri")
    plain.get_by_role("button", name="Filtrera").click()
    expect(plain.locator(".table-head")).to_contain_text(re.compile(r"av 4\d\d medlemmar"))


def test_an_answer_that_failed_is_told_until_one_succeeds(members: Page) -> None:
    members.evaluate(
        """document.body.dispatchEvent(new CustomEvent("htmx:responseError",
             {bubbles: true, detail: {xhr: {status: 503}}}))"""
    )
    expect(members.locator("#toasts")).to_contain_text("Sidan kunde inte uppdateras")
    members.get_by_label("Sök namn").press_sequentially("Tvätteri")
    expect(members.locator("#resultat .table-head")).to_contain_text(re.compile(r"av 4\d\d medlemmar"))
    expect(members.locator("#toasts")).to_be_empty()
