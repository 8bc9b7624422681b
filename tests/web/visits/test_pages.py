"""The pages of visits: complete, in plain Swedish, with few queries, and every number a link."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.people import person, sign_in
from tests.web.checks.applicants import applicant
from tests.web.members.handling import desk
from tests.web.pages import CheckedClient
from tests.web.visits import seen, world
from tests.web.visits.world import HOST, RUSSIAN_SITE, invented, member, visited

from pakten.accounts.models import Role
from pakten.jobs import services as jobs
from pakten.jobs.models import Job
from pakten.members.own_file_sections import everything_known
from pakten.visits.models import Made, StatementVerdict, Visit
from pakten.visits.services import order_visit
from pakten.visits.services.judging import judge_statement
from vandel.evidence.archive_verify import problems

pytestmark = pytest.mark.django_db
MOST_QUERIES = 30


@pytest.fixture
def page() -> CheckedClient:
    client = CheckedClient()
    sign_in(client, person(Role.CASE_OFFICER))
    return client


@pytest.fixture
def visit() -> Visit:
    return seen.visit()


def get(client: Client, url: str) -> str:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(url)
    assert answer.status_code == 200, url
    assert len(queries) <= MOST_QUERIES, f"{url}: {len(queries)} queries"
    return answer.content.decode()


def test_the_members_tab_tells_the_visit(page, visit):
    text = get(page, f"/medlemmar/{visit.organisation.public_id}/webbplats/")
    statement = seen.statement()
    assert world.RUSSIA in text and "Har verksamhet i Ryssland eller Belarus" in text
    assert f'href="/kontroll/besok/{visit.pk}/sidor/2/#u{statement.pk}"' in text
    assert "Påhittad webbplats" in text and visit.manifest_sha256 in text
    assert "Besök nu" in text and "Skriv ned eget besök" in text and "Organisationsnumret står där" in text


def test_before_and_between_visits(page):
    membership = member()
    url = f"/medlemmar/{membership.organisation.public_id}/webbplats/"
    assert "Inte besökt än" in get(page, url)
    answer = page.post(f"{url}besok/")
    assert answer.status_code == 302 and answer["Location"].startswith("/jobb/")
    assert "Ett besök är beställt" in get(page, url)
    assert membership.organisation.legal_name in get(page, "/kontroll/besok/aldrig/")


def test_a_page_shows_its_text_with_what_was_found_marked(page, visit):
    text = get(page, f"/kontroll/besok/{visit.pk}/sidor/2/")
    assert f'id="u{seen.statement().pk}"' in text and f"{world.RUSSIA}</mark>" in text


def test_the_list_counts_and_every_number_is_a_link(page, visit):
    text = get(page, "/kontroll/besok/")
    assert '<a href="/kontroll/besok/?utfall=visited#besok">1' in text
    for address in ("?vantar=on", "?utfall=visited", "?sok=norrsken", "?alla=on", "?whose=A", "?runda=abc"):
        assert visit.organisation.legal_name in get(page, f"/kontroll/besok/{address}")
    for address in ("?utfall=parked", "?olast=on", "?gjort=person", "?sok=annan", "?runda=7"):
        assert f"/kontroll/besok/{visit.pk}/" not in get(page, f"/kontroll/besok/{address}")


@pytest.mark.parametrize("form", ["excel", "csv", "maskin"])
def test_the_list_as_a_file(page, visit, form):
    answer = page.get(f"/kontroll/besok/fil/{form}/?vantar=on")
    assert answer.status_code == 200 and len(answer.content) > 300
    if form == "maskin":
        assert visit.manifest_sha256 in answer.content.decode()


def test_the_package_is_handed_out_and_verifies_by_itself(page, visit):
    answer = page.get(f"/kontroll/besok/{visit.pk}/paket/")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        files = {name: package.read(name) for name in package.namelist()}
    assert problems(files, visit.manifest_sha256) == [] and "verify.py" in files
    assert "Allt är helt" in get(page, f"/kontroll/besok/{visit.pk}/verifiera/")


def test_judging_on_the_page(page, visit):
    statement = seen.statement()
    url = f"/kontroll/besok/uttalanden/{statement.pk}/"
    page.post(url, {"verdict": "no_deviation"})
    assert not statement.judgements.exists(), "a reason is needed"
    answer = page.post(url, {"verdict": "no_deviation", "note": "Avvecklat sedan 2022"})
    assert answer["Location"] == f"/kontroll/besok/{visit.pk}/#u{statement.pk}"
    assert "Avvecklat sedan 2022" in get(page, f"/kontroll/besok/{visit.pk}/")
    page.post(f"/kontroll/besok/{visit.pk}/vems/", {"verdict": "theirs", "note": "Ringde dem"})
    assert "Ringde dem" in get(page, f"/kontroll/besok/{visit.pk}/")


def test_differences_between_two_visits(page):
    membership = member()
    with invented() as known:
        visited(membership)
        known.table[HOST] = dict(RUSSIAN_SITE)
        second = visited(membership)
    text = get(page, f"/kontroll/besok/{second.pk}/skillnader/")
    assert f'<ins dir="auto">{world.RUSSIA}</ins>' in text and world.CALM in text


def test_an_own_visit_by_form(page):
    organisation = member().organisation
    url = f"/medlemmar/{organisation.public_id}/webbplats/eget-besok/"
    get(page, url)
    form = {
        "submission": "6f0c2c5e-7a51-4d1e-9f0b-2b8f6f1f8a10", "day": "2026-05-24", "address": f"https://{HOST}/",
        "could_see": "ja", "website_result": "ok", "website_note": "", "russia_result": "ok",
    }  # fmt: skip
    answer = page.post(url, form)
    assert answer.status_code == 422 and "Skriv kort vad du såg" in answer.content.decode()
    picture = SimpleUploadedFile("skarm.png", seen.PNG)
    answer = page.post(url, {**form, "website_note": "Ett åkeri", "uploads": [picture]})
    made = Visit.objects.get()
    assert answer["Location"] == f"/kontroll/besok/{made.pk}/" and made.made == Made.PERSON
    text = get(page, answer["Location"])
    assert "Ett åkeri" in text and "skarm.png" in text
    assert page.get(f"/kontroll/besok/{made.pk}/filer/1/").content == seen.PNG


def test_the_disposal_list(page, settings):
    settings.SITE_ARCHIVE_YEARS = -1
    visit = seen.visit()
    assert "En chef eller registrator gallrar" in get(page, "/kontroll/besok/gallring/")
    manager = CheckedClient()
    sign_in(manager, person(Role.MANAGER))
    assert "underlag som ska gallras" in manager.get("/").content.decode()
    manager.post(f"/kontroll/besok/{visit.pk}/gallra/", {"decision": "GB 2026/7"})
    assert "GB 2026/7" in get(manager, f"/kontroll/besok/{visit.pk}/")


def test_an_applicants_page_tells_of_the_visit(page):
    application = desk.sent(website=f"https://{HOST}")
    url = f"/ansokningar/{application.public_id}/"
    text = get(page, url)
    assert f'action="/medlemmar/{application.organisation.public_id}/webbplats/besok/"' in text
    with invented({}):
        made = visited(application)
    assert f'href="/kontroll/besok/{made.pk}/"' in get(page, url)
    assert f'href="{url}"' in get(page, f"/kontroll/besok/{made.pk}/"), "the way back is to the application"


def test_everybody_may_read_how_we_visit():
    text = get(CheckedClient(), "/om-webbplatsbesok/")
    assert "robots.txt" in text and "Pakten-kontroll" in text


def test_the_member_hears_what_we_read_word_for_word(officer):
    """L-40: when we visited, what we read, and that a person decides."""
    visit, statement = seen.visit(), seen.statement()
    judge_statement(statement, StatementVerdict.NO_DEVIATION, note="Internt skäl", actor=officer)
    seen.own_visit()
    (filled,) = [each for each in everything_known(visit.organisation) if each.section.slug == "webbplats"]
    told = [fact.value for fact in filled.facts]
    assert any(world.RUSSIA in value for value in told) and any("Ett åkeri" in value for value in told)
    assert {fact.source for fact in filled.facts} >= {visit.address, statement.page.url}
    assert all(fact.recorded_at and fact.key for fact in filled.facts)
    assert not any("Internt skäl" in value for value in told)


def test_where_no_website_is_known_it_is_asked_for_before_a_visit(page):
    public_id = member(website="").organisation.public_id
    text = get(page, f"/medlemmar/{public_id}/webbplats/")
    assert "Ingen webbplats är känd." in text and f'href="/medlemmar/{public_id}/andra/"' in text
    assert "Besök nu" not in text and "Skriv ned eget besök" in text


def test_pages_are_told_in_words_and_not_in_codes(page):
    membership = member()
    with invented({HOST: RUSSIAN_SITE | {"/om-oss": 404}}):
        visit = visited(membership)
    text = get(page, f"/kontroll/besok/{visit.pk}/")
    assert "<div>Läst</div>" in text and "<div>Inte läst: svarade med ett fel</div>" in text


def test_an_application_tells_of_a_visit_that_was_cancelled(page):
    officer = person(Role.CASE_OFFICER)
    application = applicant(actor=officer, website=f"https://{HOST}")
    order_visit(application.organisation, actor=officer, because="Prov")
    jobs.stop(Job.objects.get(), actor=officer)
    url = f"/ansokningar/{application.public_id}/"
    assert "avbröts. Ingenting lästes." in get(page, url)
    with invented({HOST: RUSSIAN_SITE}):
        visited(application)
    assert "avbröts. Ingenting lästes." not in get(page, url)
