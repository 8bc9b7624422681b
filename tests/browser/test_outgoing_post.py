"""Outgoing post in a browser: a mail server that is down is seen, and one button sends when it is back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.web.letters import post
from tests.web.letters.mail_server import free_port, mail_server
from tests.worker import do_jobs

from pakten.accounts.models import Role
from pakten.jobs import timetable
from pakten.letters.models import OutboxMessage, State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Check = Callable[[Page], None]


def fits(page: Page) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, f"{page.url} is {wide} pixels wider than the screen"


def test_a_mail_server_that_is_down_is_seen_and_one_button_sends_when_it_is_back(
    signed_in: Callable[..., Page], settings: Any, screenshot: Callable[..., Any]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", free_port(), 2
    post.in_case()
    do_jobs()
    page = signed_in(Role.CASE_OFFICER)
    page.goto("/utskick/")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Mejlservern går inte att nå.")
    screenshot(page, "utgaende-post")
    with mail_server() as server:
        settings.EMAIL_PORT = server.port
        page.get_by_role("link", name="Vi har tagit emot er ansökan").click()
        page.get_by_role("button", name="Försök igen nu").click()
        expect(page.get_by_text("skickas inom en minut")).to_be_visible()
        do_jobs()
        page.reload()
        expect(page.locator(".page-header")).to_contain_text("Skickat")
        expect(page.get_by_role("link", name="skickat.eml")).to_be_visible()
        assert len(server.received) == 1


def test_every_page_of_it_passes_axe_fits_and_obeys_the_keyboard(
    signed_in: Callable[..., Page], check_axe: Check, check_keyboard: Check
) -> None:
    failed, paper = post.in_case(subject="Donaudampfschiffahrtselektrizitäten" * 4), post.on_paper()
    OutboxMessage.objects.filter(pk=failed.pk).update(
        state=State.FAILED, last_error="Adressen tar inte emot (svar 550 från mejlservern)."
    )
    plain = post.queued(to_name="اكتب هنا", body="x" * 400)
    timetable.tick()
    for width, scheme in ((390, "dark"), (1280, "light")):
        page = signed_in(Role.CASE_OFFICER, width=width, color_scheme=scheme)
        for address in (
            "/", "/utskick/", "/utskick/?state=failed", "/utskick/?state=stopped", "/jobb/",
            *(f"/utskick/{message.public_id}/" for message in (failed, paper, plain)),
        ):  # fmt: skip
            page.goto(address)
            check_axe(page)
            fits(page)
        check_keyboard(page)
    administrator = signed_in(Role.ADMINISTRATOR, width=390)
    administrator.goto("/jobb/")
    check_axe(administrator)
    fits(administrator)
    administrator.get_by_role("button", name="Slå av: Skicka utgående post").click()
    expect(administrator.get_by_text("är avslagen")).to_be_visible()
