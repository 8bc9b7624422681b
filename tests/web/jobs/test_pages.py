"""The jobs page, one job's page, and the fragment that follows along."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.people import person
from tests.web.jobs import work_to_do
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, User
from pakten.jobs import services
from pakten.jobs.models import Job, State

LIVE = {"HX-Request": "true", "HX-Target": "live"}


@pytest.fixture
def job(officer: User) -> Job:
    return services.start(
        "tests.work",
        "Kontrollera nätverket",
        actor=officer,
        task=work_to_do.count_to,
        arguments={"number": 3},
    )


@pytest.fixture
def browser(officer: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(officer)
    return client


def page(client: CheckedClient, job: Job, **headers: str) -> str:
    answer = client.get(f"/jobb/{job.pk}/", headers=headers)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_an_empty_list_says_what_will_be_here(browser: CheckedClient) -> None:
    assert "Inget jobb har körts än" in browser.get("/jobb/").content.decode()


def test_a_job_under_way_asks_again_each_second_and_tells_how_far_it_is(
    browser: CheckedClient, job: Job
) -> None:
    services.begin(job.pk)
    services.progress(job.pk, done=212, total=370, note="medlemmar kontrollerade")
    Job.objects.update(started_at=timezone.now() - timedelta(seconds=60))
    shown = page(browser, job)
    assert 'hx-trigger="every 1s"' in shown
    assert 'value="212" max="370"' in shown
    assert "212 av 370 medlemmar kontrollerade" in shown
    assert "ungefär 45 sekunder kvar" in shown
    assert "Stoppa" in shown


def test_the_fragment_is_no_whole_page(browser: CheckedClient, job: Job) -> None:
    fragment = page(browser, job, **LIVE)
    assert "<html" not in fragment
    assert 'id="live"' in fragment
    assert "<html" not in browser.get("/jobb/", headers=LIVE).content.decode()


@pytest.mark.parametrize("ending", ["finish", "fail", "stop"])
def test_a_job_that_has_ended_is_not_asked_for_again(browser: CheckedClient, job: Job, ending: str) -> None:
    services.begin(job.pk)
    if ending == "finish":
        services.finish(job.pk, summary="370 medlemmar kontrollerade.", url="/medlemmar/")
    elif ending == "fail":
        services.fail(job.pk, sentence="Ingen lista gäller. Läs in en lista först.")
    else:
        services.stop(job, actor=person(Role.CASE_OFFICER))
    told = {
        "finish": ["Klart.", "370 medlemmar kontrollerade.", 'href="/medlemmar/"'],
        "fail": ["Jobbet misslyckades.", "Ingen lista gäller.", "Starta igen"],
        "stop": ["Jobbet är stoppat.", "Starta igen"],
    }[ending]
    shown = page(browser, job, **LIVE)
    assert "hx-trigger" not in shown
    assert not [words for words in told if words not in shown]


def test_an_interrupted_job_says_so_and_can_start_again(browser: CheckedClient, job: Job) -> None:
    services.begin(job.pk)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    shown = page(browser, job)
    assert "Arbetet har avbrutits." in shown and "hx-trigger" not in shown
    answer = browser.post(f"/jobb/{job.pk}/starta-igen/", follow=True)
    assert "Jobbet startar igen." in answer.content.decode()
    job.refresh_from_db()
    assert job.state == State.QUEUED


def test_a_job_that_no_worker_takes_says_so(browser: CheckedClient, job: Job) -> None:
    assert "Väntar på sin tur" in page(browser, job)
    Job.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert "Jobbet har inte börjat." in page(browser, job)


def test_stopping_twice_is_told_and_harmless(browser: CheckedClient, job: Job) -> None:
    assert "Jobbet är stoppat." in browser.post(f"/jobb/{job.pk}/stoppa/", follow=True).content.decode()
    assert "har hunnit ändra läge" in browser.post(f"/jobb/{job.pk}/stoppa/", follow=True).content.decode()


def test_a_colleague_may_look_but_not_stop(job: Job) -> None:
    client = CheckedClient()
    client.force_login(person(Role.CASE_OFFICER, again=2))
    assert "Stoppa" not in page(client, job)
    assert client.post(f"/jobb/{job.pk}/stoppa/").status_code == 403


def test_the_list_filters_by_state_and_survives_any_address(browser: CheckedClient, job: Job) -> None:
    assert "Kontrollera nätverket" in browser.get("/jobb/?state=queued").content.decode()
    assert "Inget jobb har det här läget" in browser.get("/jobb/?state=done").content.decode()
    for strange in ("?state=x", "?page=x", "?page=99", "?state=%00", "?state=queued&page=-1"):
        assert browser.get(f"/jobb/{strange}").status_code == 200


def test_what_people_wrote_is_text_and_not_markup(browser: CheckedClient, job: Job) -> None:
    Job.objects.update(
        title="<script>alert(1)</script>", summary="<b>x</b>", state=State.DONE, unique_kind=None
    )
    assert "<script>alert" not in page(browser, job)
    assert "<b>x" not in browser.get("/jobb/").content.decode()


def test_a_long_list_needs_few_queries(browser: CheckedClient, officer: User) -> None:
    for _ in range(60):
        services.start(
            "tests.work", "Räkna", actor=officer, task=work_to_do.count_to, arguments={"number": 1}
        )
    with CaptureQueriesContext(connection) as queries:
        browser.get("/jobb/")
    assert len(queries) <= 30
