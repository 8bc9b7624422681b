"""Pledges in a real browser: a new version is published, the members are asked, one answers by its link."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.web.members.pledges import asking

from pakten.accounts.models import Role
from pakten.members.models import Campaign, Pledge, Recipient, TextKind
from pakten.members.services.campaign_sending import send_first
from pakten.members.services.pledging import Speaker, give_pledge
from pakten.members.services.texts import draft_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Check = Callable[[Page], None]
WIDTHS = pytest.mark.parametrize("width", [1280, 390])


def fits(page: Page) -> None:
    width = page.viewport_size["width"] if page.viewport_size else 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


@WIDTHS
def test_new_words_are_published_put_to_the_members_and_pledged(
    signed_in: Callable[..., Page],
    open_page: Callable[..., Page],
    check_axe: Check,
    check_keyboard: Check,
    screenshot: Callable[..., Path],
    width: int,
) -> None:
    first = asking.published_texts()[TextKind.VALUES]
    organisation = asking.member().organisation
    asking.member("Boken AB", "")
    give_pledge(organisation, first, speaker=Speaker("Bo Ek", "vd"), actor=None)
    draft_text(TextKind.VALUES, actor=asking.person(Role.CASE_OFFICER))

    def look(page: Page) -> None:
        check_axe(page)
        fits(page)

    manager = signed_in(Role.MANAGER, width=width)
    manager.goto("/texter/")
    look(manager)
    manager.get_by_role("link", name="Version 2 av stadens värdegrund").click()
    manager.get_by_role("link", name="Ändra utkastet").click()
    look(manager)
    body = manager.get_by_label("Text", exact=True)
    body.fill(
        f"{body.input_value()}\n\nVi accepterar inga trakasserier.".replace("ingen sämre", "ingen illa")
    )
    manager.get_by_role("button", name="Spara utkastet").click()
    expect(manager.get_by_role("insertion").filter(has_text="Vi accepterar inga")).to_be_visible()
    look(manager)
    manager.get_by_role("link", name="Fastställ").click()
    manager.get_by_label("Beslut").fill("AMN 2026/0012, § 4")
    look(manager)
    manager.get_by_role("button", name="Fastställ texten").click()
    expect(manager.get_by_text("Gäller nu")).to_be_visible()
    manager.get_by_role("link", name="Be medlemmarna intyga").click()
    look(manager)
    manager.get_by_role("button", name="Spara").click()
    expect(manager.get_by_text("Ingenting är skickat än.")).to_be_visible()
    look(manager)
    manager.get_by_role("button", name="Skicka till 1 medlem").click()
    expect(manager.get_by_text("Så står det nu")).to_be_visible()
    look(manager)

    campaign = Campaign.objects.get()
    send_first(campaign.pk, tick=lambda done, total: None)
    recipient = Recipient.objects.select_related("campaign").get(membership__organisation=organisation)
    visitor = open_page(width=width)
    visitor.goto(f"/intyga/{asking.secret_of(recipient)}/")
    look(visitor)
    check_keyboard(visitor)
    if width == 1280:
        screenshot(visitor, "intyga")
    visitor.get_by_role("link", name="Är du fel person?").click()
    look(visitor)
    visitor.go_back()
    visitor.get_by_label("Ditt namn").fill("Ann Björk")
    visitor.get_by_label("Din roll i organisationen").fill("ordförande")
    visitor.get_by_label("Jag får företräda organisationen i den här frågan.").check()
    visitor.get_by_role("button", name="Intyga", exact=True).click()
    expect(visitor.get_by_role("heading", name="Tack, vi har tagit emot ert svar")).to_be_visible()
    look(visitor)
    assert Pledge.objects.filter(text=campaign.text, given_by="Ann Björk").count() == 1

    manager.reload()
    expect(manager.get_by_role("link", name="1 medlemmar har intygat")).to_be_visible()
    if width == 1280:
        screenshot(manager, "intygandeomgang")
    manager.get_by_role("link", name="Se vilka som inte har svarat").click()
    look(manager)


def test_every_page_passes_axe_and_fits_in_the_dark(
    signed_in: Callable[..., Page], check_axe: Check, open_page: Callable[..., Page]
) -> None:
    recipient = asking.asked("Norrskenets Åkeri och Donaudampfschiffahrtselektrizitätenhauptbetriebswerk AB")
    campaign = Campaign.objects.get()
    draft = draft_text(TextKind.GOALS, actor=asking.person(Role.MANAGER))
    organisation = recipient.membership.organisation
    page = signed_in(Role.MANAGER, width=390, color_scheme="dark")
    for address in (
        "/texter/", f"/texter/{campaign.text_id}/", f"/texter/{draft.pk}/", f"/texter/{draft.pk}/andra/",
        f"/texter/{draft.pk}/faststall/", "/intygandeomgangar/", "/intygandeomgangar/ny/",
        f"/intygandeomgangar/{campaign.pk}/", f"/intygandeomgangar/{campaign.pk}/svar/",
        f"/intygandeomgangar/svar/{recipient.pk}/notera/", f"/intygandeomgangar/svar/{recipient.pk}/adress/",
        f"/medlemmar/{organisation.public_id}/intyganden/", "/mal-och-vardegrund/",
        f"/intyga/{asking.secret_of(recipient)}/",
    ):  # fmt: skip
        page.goto(address)
        check_axe(page)
        fits(page)
