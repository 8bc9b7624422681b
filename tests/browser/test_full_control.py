"""One case with everything: register, website, deviation, the comment on it, decision, control sheet."""

from __future__ import annotations

import io
import re
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from tests.browser.walk import COMPANY, Clicks, apply, begin, city_in
from tests.engine.website.servers import PUBLIC, LoopbackGuard, Names, Site, pages, serving
from tests.worker import do_jobs

from pakten.accounts.models import Role
from pakten.visits import sites
from vandel.website.fetch import Fetcher, Times
from vandel.website.visit import Visitor

# The local site has no certificate.
APPLICANT = replace(COMPANY, website="http://vassvik.example")
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SAYS = "Vi har kontor i Moskva och säljer färg till kunder i Ryssland."
PAGE = "<html lang=sv><head><title>{}</title></head><body>{}</body></html>"
START = f"""<nav><a href="/om-oss">Om oss</a></nav>
<main><p>Vi målar hus ute och inne i hela Vassvik, sommar som vinter, sedan trettio år.</p></main>
<footer>{COMPANY.name}, Strandgatan 3, Vassvik. Org.nr {COMPANY.number[:6]}-{COMPANY.number[6:]}.
Vi har kollektivavtal.</footer>"""
ABOUT = f"<main><p>Vi är tolv målare. {SAYS}</p></main>"


@pytest.fixture
def website(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The applicant's website, on a server of our own: all rules of the visit are the real ones."""
    with serving(
        pages({"/": PAGE.format(COMPANY.name, START), "/om-oss": PAGE.format("Om oss", ABOUT)})
    ) as site:
        guard = LoopbackGuard(Names({"vassvik.example": [PUBLIC]}), stands_for=PUBLIC, port=site.port)
        times = Times(timezone.now, time.monotonic, lambda seconds: None)
        fetcher = Fetcher(
            guard,
            times,
            user_agent=sites.user_agent(),
            limits=sites.LIMITS,
            ssl_context=ssl.create_default_context(),
        )
        way = sites.Way(Visitor(fetcher, times, limits=sites.LIMITS, token=sites.TOKEN))
        monkeypatch.setattr(sites, "WAYS", [lambda address: way])
        yield site


def test_from_application_to_the_control_sheet(
    settings,
    tmp_path: Path,
    website: Site,
    open_page: Callable[..., Page],
    signed_in: Callable[..., Page],
    check_axe: Callable[[Page], None],
    screenshot: Callable[..., Path],
) -> None:
    city_in(settings, tmp_path)
    visitor = open_page()
    application = apply(visitor, APPLICANT)
    officer = signed_in(Role.CASE_OFFICER)
    officer.set_default_timeout(10_000)
    begin(officer, APPLICANT, click=Clicks())
    officer.reload()
    check_axe(officer)
    site = officer.locator("#punkt-ryssland")
    expect(site).to_contain_text(SAYS)  # literal, and waiting for a person
    site.get_by_label("Avvikelse", exact=True).check()
    site.get_by_label("Vad såg du?").fill("På sidan Om oss står att företaget har kontor i Moskva.")
    officer.locator("#punkt-webbplats").get_by_label("Inget att anmärka", exact=True).check()
    officer.locator("#punkt-kollektivavtal").get_by_label("Inget att anmärka", exact=True).check()
    officer.get_by_role("button", name="Slutför kontrollen").click()
    check_axe(officer)
    officer.get_by_role("link", name=re.compile("Band till Ryssland och Belarus: ")).first.click()
    check_axe(officer)
    officer.get_by_label("Betydande").check()
    officer.get_by_label("Vår bedömning").fill("Verksamhet i Ryssland talar emot nätverkets krav.")
    officer.get_by_role("button", name="Spara bedömningen").click()
    check_axe(officer)
    officer.get_by_role("button", name="Skicka brevet").click()
    expect(officer.locator(".error-summary")).to_have_count(0)
    do_jobs()
    visitor.reload()
    check_axe(visitor)
    visitor.get_by_role("link", name="Lämna synpunkter").click()
    check_axe(visitor)
    visitor.get_by_role("textbox").first.fill("Kontoret i Moskva stängde 2021. Sidan är gammal.")
    visitor.get_by_role("button", name="Skicka synpunkterna").click()
    expect(visitor.locator(".error-summary")).to_have_count(0)
    officer.reload()
    expect(officer.get_by_text("Organisationen har lämnat synpunkter")).to_be_visible()
    check_axe(officer)
    screenshot(officer, "avvikelse")
    officer.goto(f"/ansokningar/{application.public_id}/")
    officer.get_by_label("Ta emot med anmärkning").check()
    officer.get_by_label("Skäl").first.fill("Kontoret är stängt enligt företaget. Följs upp.")
    officer.get_by_role("textbox", name="Anmärkning").fill("Sidan ska rättas.")
    officer.get_by_role("button", name="Föreslå beslutet").click()
    expect(officer.locator(".error-summary")).to_have_count(0)
    manager = signed_in(Role.MANAGER)
    manager.set_default_timeout(10_000)
    manager.goto(f"/ansokningar/{application.public_id}/")
    manager.get_by_role("button", name="Fatta beslutet").click()
    director = signed_in(Role.DIRECTOR)
    director.set_default_timeout(10_000)
    director.goto(f"/ansokningar/{application.public_id}/")
    director.get_by_role("link", name="Läs och ta ställning").click()
    director.get_by_role("button", name="Håll med").click()
    do_jobs()
    application.refresh_from_db()
    assert application.state == "active" and website.connections > 0

    officer.reload()
    officer.locator("main").get_by_role("link", name="Kontrollblad", exact=True).first.click()
    expect(officer.get_by_role("heading", level=1)).to_contain_text(COMPANY.name)
    # What came afterwards, the comment and the decision, makes a new sheet beside the first.
    officer.get_by_role("button", name="Ta fram på nytt").click()
    check_axe(officer)
    screenshot(officer, "kontrollblad")
    address = officer.get_by_role("link", name="Öppna PDF:en").first.get_attribute("href")
    paper = PdfReader(io.BytesIO(officer.request.get(address or "").body()))
    words = " ".join(" ".join(page.extract_text() for page in paper.pages).split())
    assert COMPANY.name in words and "kontor i Moskva" in words and "stängde 2021" in words
    assert any(name.endswith(".json") for name in paper.attachments)
