"""The main job in a real browser: two clicks to a controlled network, then judging by two persons."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pytest_django import Settings
from tests.browser.conftest import NARROW
from tests.worker import do_jobs

from pakten.accounts.models import Role
from pakten.checks.models import ControlRun, Likeness

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def demo(settings: Settings, tmp_path: Path) -> None:
    """The invented network and the invented list, not controlled yet."""
    settings.DEMO = True
    settings.LIST_STORE = tmp_path / "lists"
    call_command("demo", verbosity=0)


def test_from_the_home_page_to_a_judged_and_confirmed_likeness(
    demo: None,
    signed_in: Callable[..., Page],
    check_axe: Callable[[Page], None],
    check_keyboard: Callable[[Page], None],
    screenshot: Callable[..., Path],
) -> None:
    page = signed_in(Role.CASE_OFFICER)
    control_in_two_clicks(page)
    screenshot(page, "kontroll", full_page=False)
    for check in (check_axe, check_keyboard):
        check(page)

    page.goto("/kontroll/namnlikheter/")
    check_axe(page)
    judge_with_the_keyboard(page)

    page.get_by_label("Ja, samma").focus()
    page.keyboard.press("1")
    page.get_by_label("Namn, födelsetid eller nummer stämmer").check()
    check_axe(page)
    page.get_by_role("button", name="Spara bedömningen").click()
    expect(page.get_by_text("En annan person behöver bekräfta den innan den gäller")).to_be_visible()
    expect(page.get_by_role("button", name="Bekräfta bedömningen")).to_have_count(0)

    manager = signed_in(Role.MANAGER, width=NARROW)
    manager.goto("/")
    manager.get_by_role("link", name="bedömning väntar på att du bekräftar").click()
    manager.locator("[data-item]").get_by_role("link").first.click()
    check_axe(manager)
    manager.get_by_role("button", name="Bekräfta bedömningen").click()
    expect(manager.get_by_text("Bedömningen är bekräftad och gäller nu.")).to_be_visible()

    page.goto(f"/kontroll/korningar/{ControlRun.objects.get().pk}/?result=not_met")
    expect(page.get_by_role("region", name="Medlemmar i kontrollen").get_by_role("row")).to_have_count(2)
    page.get_by_role("region", name="Medlemmar i kontrollen").get_by_role("link").click()
    expect(page.get_by_text("Inte uppfyllt").first).to_be_visible()
    check_axe(page)
    page.get_by_role("link", name="Öppna kvittot").click()
    expect(page.get_by_text("Kvittot är oförändrat.")).to_be_visible()


def control_in_two_clicks(page: Page) -> None:
    page.goto("/")
    page.get_by_role("button", name="Kontrollera nätverket").click()
    expect(page.get_by_role("heading", name="Kontroll av 347 medlemmar")).to_be_visible()
    do_jobs()
    page.get_by_role("link", name="Visa resultatet").click()
    expect(page.get_by_role("heading", level=1, name="Kontroll")).to_be_visible()
    run = ControlRun.objects.get()
    assert run.counts["unknown"] > 0
    assert sum(run.counts.values()) == len(run.members)
    expect(page.get_by_role("link", name=str(run.counts["met"]), exact=True)).to_be_visible()


def judge_with_the_keyboard(page: Page) -> None:
    """j, j, k, Enter opens the first; 2 says another; s saves and brings the next."""
    first, second = Likeness.objects.filter(state="waiting").order_by("waiting_since", "pk")[:2]
    for key in ("j", "j", "k", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url(f"**/namnlikheter/{first.pk}/")
    page.keyboard.press("2")
    expect(page.get_by_label("Nej, en annan")).to_be_checked()
    page.get_by_label("Annan verksamhet än den på listan.").check()
    page.keyboard.press("s")
    page.wait_for_url(f"**/namnlikheter/{second.pk}/")
    expect(page.get_by_text("är sparad. Här är nästa.")).to_be_visible()
    first.refresh_from_db()
    assert (first.state, first.verdict) == ("judged", "different")


def test_what_is_typed_is_kept_when_another_officer_was_first(
    demo: None, signed_in: Callable[..., Page], check_axe: Callable[[Page], None]
) -> None:
    officer, manager = signed_in(Role.CASE_OFFICER), signed_in(Role.MANAGER)
    control_in_two_clicks(officer)
    first = Likeness.objects.order_by("pk")[0]
    for page in (officer, manager):
        page.goto(f"/kontroll/namnlikheter/{first.pk}/")
        page.get_by_label("Nej, en annan").check()
        page.get_by_label("Skäl med egna ord").fill("Jag har läst årsredovisningen.")
    manager.get_by_role("button", name="Spara bedömningen").click()
    expect(manager.get_by_text("Här är nästa")).to_be_visible()
    officer.get_by_role("button", name="Spara bedömningen").click()
    expect(officer.get_by_role("alert")).to_contain_text("hann före")
    expect(officer.get_by_label("Skäl med egna ord")).to_have_value("Jag har läst årsredovisningen.")
    check_axe(officer)
