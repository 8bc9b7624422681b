"""Passkeys in a real browser, with Chromium's virtual authenticator; and pictures of signing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page, expect
from tests.browser.conftest import NARROW, WIDE
from tests.people import person
from tests.web.accounts.conftest import PASSWORD
from tests.web.accounts.totp import code_of

from pakten.accounts.models import Role, User
from pakten.accounts.services import add_demo_people
from pakten.audit.models import Entry

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
MakePage = Callable[..., Page]
Picture = Callable[..., Path]


@pytest.fixture(autouse=True)
def _nothing_counted(transactional_db: None) -> None:
    cache.clear()


@pytest.fixture
def hanna(transactional_db: None) -> User:
    user = person(Role.CASE_OFFICER)
    user.set_password(PASSWORD)
    user.save()
    return user


def with_key(page: Page, *, verified: bool = True) -> tuple[Any, str]:
    """Give the browser a key of its own; the connection to it, and its id."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, made["authenticatorId"]


def by_password(page: Page, address: str = "/logga-in/") -> None:
    page.goto(address)
    page.get_by_label("Användarnamn").fill("hanna")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()


def test_a_key_is_set_up_at_the_first_sign_in_and_opens_alone_at_the_next(
    open_page: MakePage, hanna: User, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    page = open_page()
    with_key(page)
    by_password(page, "/medlemmar/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mina inloggningar")
    page.get_by_role("link", name="Lägg till nyckel").click()
    page.get_by_label("Namn på nyckeln").fill("Jobbdatorn")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto("/medlemmar/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Medlemmar")
    page.get_by_role("button", name="Logga ut").first.click()
    page.get_by_role("button", name="Logga in med nyckel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hem")
    assert Entry.objects.first().after == {"methods": ["webauthn"]}  # type: ignore[union-attr]


def test_a_key_is_the_second_step_after_the_password(open_page: MakePage, hanna: User) -> None:
    page = open_page()
    with_key(page)
    by_password(page)
    page.goto("/mina-inloggningar/nyckel/")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
    page.get_by_role("button", name="Logga ut").first.click()
    by_password(page, "/jobb/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bekräfta att det är du")
    page.get_by_role("button", name="Använd nyckel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobb")
    page.goto("/mina-inloggningar/")
    page.get_by_role("link", name="Ta bort Nyckel 1").click()
    page.get_by_role("button", name="Ta bort").click()
    expect(page.get_by_role("status")).to_contain_text("Nyckeln är borttagen")
    assert not Authenticator.objects.exists()


def test_a_key_of_nobody_opens_nothing(open_page: MakePage, hanna: User) -> None:
    page = open_page()
    devtools, key = with_key(page)
    by_password(page)
    page.goto("/mina-inloggningar/nyckel/")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
    page.get_by_role("button", name="Logga ut").first.click()
    Authenticator.objects.all().delete()
    page.get_by_role("button", name="Logga in med nyckel").click()
    expect(page.locator(".banner--stop, .error-summary").first).to_contain_text("Nyckeln stämmer inte")
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.get_by_role("button", name="Logga in med nyckel").click()
    expect(page.get_by_role("alert").filter(has_text="Det gick inte att läsa nyckeln")).to_be_visible()


def test_an_app_by_keyboard_without_javascript(open_page: MakePage, hanna: User) -> None:
    page = open_page(java_script_enabled=False)
    by_password(page, "/mina-inloggningar/app/")
    secret = page.locator("code").inner_text()
    page.get_by_label("Kod från appen").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")


def test_the_pages_are_well_made_wide_and_narrow(
    open_page: MakePage,
    hanna: User,
    check_axe: Check,
    check_keyboard: Check,
    screenshot: Picture,
    settings: Any,
) -> None:
    person(Role.MEMBER_CONTACT)
    page = open_page(width=WIDE)
    with_key(page)

    def look(name: str, address: str = "") -> None:
        if address:
            page.goto(address)
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            check_axe(page)
            check_keyboard(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name} at {width}"
            assert screenshot(page, f"inloggning-{name}-{width}").stat().st_size > 4_000
        page.set_viewport_size({"width": WIDE, "height": 900})

    settings.DEMO = True
    add_demo_people()
    look("sida", "/logga-in/")
    settings.DEMO = False
    look("kod", "/logga-in/kod/")
    page.get_by_label("E-postadress").fill("ingen@exempel.example")
    page.get_by_role("button", name="Skicka kod").click()
    look("skriv-kod")
    page.get_by_role("button", name="Börja om").click()
    look("avbruten", "/logga-in/avbruten/")
    look("gammal-lank", "/valj-losenord/MQ/abc-def/")
    by_password(page)
    look("tom", "/mina-inloggningar/")
    look("app", "/mina-inloggningar/app/")
    look("losenord", "/mina-inloggningar/losenord/")
    look("nyckel", "/mina-inloggningar/nyckel/")
    page.get_by_role("button", name="Lägg till nyckeln").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Reservkoder")
    look("reservkoder")
    page.goto("/mina-inloggningar/app/")
    page.get_by_label("Kod från appen").fill(code_of(page.locator("code").inner_text()))
    page.get_by_role("button", name="Lägg till appen").click()
    expect(page.get_by_role("status")).to_contain_text("Appen är tillagd")
    look("full", "/mina-inloggningar/")
    look("ta-bort-app", "/mina-inloggningar/app/ta-bort/")
    look("ta-bort-nyckel", page_with_key(page))
    look("nya-koder", "/mina-inloggningar/reservkoder/nya/")
    for again in ("", "kod/", "nyckel/"):
        look(f"bekrafta-{again.strip('/')}", f"/logga-in/bekrafta/{again}")
    page.get_by_role("button", name="Logga ut").first.click()
    by_password(page)
    look("steg-2")


def page_with_key(page: Page) -> str:
    page.goto("/mina-inloggningar/")
    found = page.get_by_role("link", name=re.compile("Ta bort Nyckel")).get_attribute("href")
    assert found
    return found


def test_accounts_wide_and_narrow(
    signed_in: MakePage, check_axe: Check, check_keyboard: Check, screenshot: Picture
) -> None:
    people = [person(role) for role in Role]
    for width in (WIDE, NARROW):
        page = signed_in(Role.ADMINISTRATOR, width=width)
        where = f"/konton/{people[1].pk}/"
        for name, address in [("lista", "/konton/"), ("ny", "/konton/nytt/"), ("ett", where)]:
            page.goto(address)
            check_axe(page)
            check_keyboard(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert screenshot(page, f"konton-{name}-{width}").stat().st_size > 5_000
        page.get_by_role("button", name="Gör en länk").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Länk för lösenord")
        check_axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        screenshot(page, f"konton-lank-{width}")
