"""The pages of outgoing post, and what a person may do there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.people import person
from tests.web.letters import post
from tests.web.pages import CheckedClient
from tests.web.records import diary

from pakten.accounts.models import Role, User
from pakten.audit.models import Entry
from pakten.letters import services
from pakten.letters.models import OutboxMessage, State
from pakten.letters.refusals import LettersRefused
from pakten.records.services import declare_conflict

pytestmark = pytest.mark.django_db

NAUGHTY = [
    "", " ", "\x00", "<script>alert(1)</script>", "{{ 7*7 }}", "'; DROP TABLE letters_outboxmessage; --",
    "\u202eevil\u202c", "مرحبا", "Z̴̡̛a̶", "👩‍👩‍👧‍👦", "a" * 1_000_000, "\r\nBcc: x@y.example",
    "-1", "1e309",
]  # fmt: skip


@pytest.fixture
def browser(officer: User) -> CheckedClient:
    client = CheckedClient()
    client.force_login(officer)
    return client


def page(client: Client, address: str = "/utskick/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def address_of(message: OutboxMessage, verb: str = "") -> str:
    return f"/utskick/{message.public_id}/{verb}"


def failed(**more: Any) -> OutboxMessage:
    message = post.in_case(**more)
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=State.FAILED, last_error="Adressen tar inte emot (svar 550 från mejlservern).", attempts=1
    )
    message.refresh_from_db()
    return message


def test_an_empty_list_says_what_will_be_here(browser: CheckedClient) -> None:
    assert "Inget har skickats än" in page(browser)


def test_the_list_tells_what_waits_and_why(browser: CheckedClient) -> None:
    message = failed()
    waiting = post.queued(subject="Påminnelse")
    OutboxMessage.objects.filter(pk=waiting.pk).update(
        queued_at=timezone.now() - timedelta(minutes=11),
        attempts=2,
        last_error="Mejlservern går inte att nå.",
    )
    shown = page(browser)
    assert "1 utskick kunde inte skickas." in shown
    assert "1 utskick har väntat mer än tio minuter." in shown
    assert "Mejlservern går inte att nå." in shown and "Adressen tar inte emot" in shown
    assert message.subject not in page(browser, "/utskick/?state=queued")
    assert "Påminnelse" in page(browser, "/utskick/?state=queued&channel=x")


def test_the_home_page_tells_only_of_what_needs_somebody(browser: CheckedClient) -> None:
    post.queued()
    assert "utskick" not in page(browser, "/").replace('href="/utskick/"', "").lower().split("<main")[1]
    OutboxMessage.objects.update(queued_at=timezone.now() - timedelta(minutes=11))
    failed()
    post.on_paper()
    home = page(browser, "/")
    for words in ("har väntat mer än tio minuter", "kunde inte skickas", "ska skickas med post"):
        assert words in home


def test_the_page_shows_the_exact_text_its_files_and_history(browser: CheckedClient) -> None:
    message = post.in_case(body="Rad ett\nRad två <b>", attachments=(diary.paper("mål.pdf"),))
    shown = page(browser, address_of(message))
    assert "Rad ett<br>Rad två &lt;b&gt;" in shown
    assert "mål.pdf" in shown and "Lade ett utskick i kön" in shown
    assert f"/diarium/handling/{message.record_id}/" in shown


def test_an_auditor_reads_and_does_nothing() -> None:
    client = CheckedClient()
    client.force_login(person(Role.AUDITOR))
    shown = page(client, address_of(failed()))
    assert "Försök igen nu" not in shown and "Stoppa" not in shown


def test_who_may_not_read_papers_does_not_read_them_in_the_post() -> None:
    """The administrator keeps the post going; the text of a paper in a case is for others."""
    client, message = CheckedClient(), post.in_case(body="Er ansökan saknar stadgar.")
    client.force_login(person(Role.ADMINISTRATOR))
    shown = page(client, address_of(message))
    assert "saknar stadgar" not in shown and "för dem som får läsa handlingar" in shown
    assert "Texten är gallrad" not in shown and "Stoppa utskicket" in shown
    assert "Din kod" in page(client, address_of(post.queued(body="Din kod är hemlig.")))
    client.force_login(person(Role.REGISTRAR))
    assert "saknar stadgar" in page(client, address_of(message))


def test_again_stop_and_another_address(browser: CheckedClient) -> None:
    message = failed()
    answer = browser.post(address_of(message, "forsok-igen/"), {"version": 1}, follow=True)
    assert "skickas inom en minut" in answer.content.decode()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (State.QUEUED, 0, "")
    nothing = browser.post(address_of(message, "stoppa/"), {"version": 2, "reason": " "})
    assert nothing.status_code == 422 and "Skriv varför" in nothing.content.decode()
    browser.post(address_of(message, "stoppa/"), {"version": 2, "reason": "Fel mottagare."})
    message.refresh_from_db()
    assert message.state == State.STOPPED
    wrong = browser.post(address_of(message, "adress/"), {"version": 3, "address": "karin@"})
    assert wrong.status_code == 422
    assert 'value="karin@"' in wrong.content.decode(), "what was typed stays"
    browser.post(address_of(message, "adress/"), {"version": 3, "address": "ny@akeriet.example"})
    message.refresh_from_db()
    assert (message.state, message.to_address) == (State.QUEUED, "ny@akeriet.example")
    reasons = [entry.reason for entry in Entry.objects.filter(action="letters.message.stopped")]
    assert reasons == ["Fel mottagare."]


def test_two_at_once_one_is_told(browser: CheckedClient) -> None:
    message = failed()
    browser.post(address_of(message, "forsok-igen/"), {"version": 1})
    answer = browser.post(address_of(message, "stoppa/"), {"version": 1, "reason": "Fel."})
    assert answer.status_code == 422 and "hunnit ändra läge" in answer.content.decode()


def test_what_is_being_sent_or_has_left_can_not_be_stopped(officer: User) -> None:
    message = post.queued()
    OutboxMessage.objects.update(state=State.SENDING)
    message.refresh_from_db()
    with pytest.raises(LettersRefused, match="ändra läge"):
        services.stop(message, actor=officer, reason="x", expected_version=1)
    OutboxMessage.objects.update(state=State.SENT, sent_at=timezone.now())
    message.refresh_from_db()
    for act in (services.retry, services.stop):
        extra = {"reason": "x"} if act is services.stop else {}
        with pytest.raises(LettersRefused, match="skickat"):
            act(message, actor=officer, expected_version=1, **extra)
    with pytest.raises(LettersRefused, match="skickat"):
        services.redirect(message, "a@b.example", actor=officer, expected_version=1)


def test_a_letter_on_paper_is_posted_by_hand(browser: CheckedClient) -> None:
    message = post.on_paper()
    shown = page(browser, address_of(message))
    assert "Mottagaren har ingen e-postadress." in shown and "Skickat med post" in shown
    assert "Försök igen nu" not in shown
    answer = browser.post(address_of(message, "postat/"), {"version": 1}, follow=True)
    message.refresh_from_db()
    assert f"registrerat som {message.record}" in answer.content.decode()
    assert message.record and message.record.number


def test_whoever_has_a_conflict_of_interest_learns_nothing(officer: User, browser: CheckedClient) -> None:
    """L-17: jäv."""
    message = failed(subject="Hemligt ämne")
    assert message.case
    declare_conflict(message.case, officer, actor=officer, reason="Min syster leder föreningen.")
    shown = page(browser)
    assert "Hemligt ämne" not in shown and "karin@" not in shown
    assert browser.get(address_of(message)).status_code == 403
    with pytest.raises(PermissionDenied):
        services.retry(message, actor=officer, expected_version=1)


@pytest.mark.parametrize("words", NAUGHTY)
@pytest.mark.parametrize(("verb", "field"), [("stoppa/", "reason"), ("adress/", "address")])
def test_strange_words_lose_nothing_and_break_nothing(
    officer: User, words: str, verb: str, field: str
) -> None:
    client, message = Client(), failed()
    client.force_login(officer)
    answer = client.post(address_of(message, verb), {field: words, "version": "1"}, follow=True)
    assert answer.status_code in {200, 422}
    assert "<script>alert" not in answer.content.decode()
    assert client.post(address_of(message, verb), {field: "x@y.example", "version": words}).status_code == 422


@pytest.mark.parametrize(
    "query", ["?state=x", "?state=%00", "?page=x", "?page=99", "?channel=post&state=sent", "?slag=x&amne=%00"]
)
def test_any_address_of_the_list_answers(browser: CheckedClient, query: str) -> None:
    post.queued()
    assert browser.get(f"/utskick/{query}").status_code == 200


def test_sent_campaign_mail_stands_in_one_line_and_does_not_drown_the_letters(browser: CheckedClient) -> None:
    """Its number is that of the list it leads to; what is not sent stays among the others."""
    for number in range(3):
        post.queued(subject="Nya mål & värden: svara", about=f"members.recipient:{number}")
    services.send_due()
    post.queued(subject="Nya mål & värden: svara", about="members.recipient:9", to_address="sen@x.example")
    post.queued(subject="Ett brev")
    found = BeautifulSoup(browser.get("/utskick/").content, "html.parser")
    rows = [row.select_one("th").get_text(strip=True) for row in found.select("tr[data-item]")]
    assert sorted(rows) == ["Ett brev", "Nya mål & värden: svara"]
    (line,) = found.select("main section li")
    assert "3 utskick" in line.get_text()
    led = BeautifulSoup(browser.get(f"/utskick/{line.select_one('a')['href']}").content, "html.parser")
    assert len(led.select("tr[data-item]")) == 3
    everything = BeautifulSoup(browser.get("/utskick/?slag=alla").content, "html.parser")
    assert len(everything.select("tr[data-item]")) == 5


def test_a_long_list_needs_few_queries(browser: CheckedClient) -> None:
    for number in range(60):
        post.queued(subject=f"Brev {number}")
    message = post.in_case()
    for address in ("/utskick/", address_of(message)):
        with CaptureQueriesContext(connection) as queries:
            page(browser, address)
        assert len(queries) <= 30
