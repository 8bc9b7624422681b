"""Links that let in whoever has them: wrong, old, used and closed ones; and where their secret is not."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string
from tests.people import person, sign_in
from tests.web.members.applying import objects
from tests.web.members.pledges import asking
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role, User
from pakten.accounts.services import close, make_password_link
from pakten.letters import services as letters
from pakten.letters.models import OutboxMessage
from pakten.letters.refusals import LettersRefused
from pakten.members.models import ApplicationDraft
from pakten.members.services import applying
from pakten.members.services.campaign_sending import send_to_other_address

pytestmark = pytest.mark.django_db
WRONG = "k" * 43
WORDS = {
    "ansok": "Länken fungerar inte",
    "intyga": "Länken fungerar inte",
    "valj-losenord": "Länken gäller inte längre",
}


@pytest.fixture
def visitor() -> Client:
    return CheckedClient()


def password_link(user: User) -> str:
    return make_password_link(user, actor=person(Role.ADMINISTRATOR))


def expired_draft(_settings: Any) -> str:
    _, token = objects.begun(until="kontakt")
    ApplicationDraft.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    return f"/ansok/{token}/"


def link_to_another_address(_settings: Any) -> str:
    row = asking.asked()
    old = f"/intyga/{asking.secret_of(row)}/"
    send_to_other_address(
        row, "ny@norrskenet.example", actor=person(Role.CASE_OFFICER), expected_version=row.version
    )
    return old


def used_password_link(_settings: Any) -> str:
    officer = person(Role.CASE_OFFICER)
    link = password_link(officer)
    officer.set_password("ett helt nytt lösenord")
    officer.save()
    return link


def old_password_link(settings: Any) -> str:
    link = password_link(person(Role.CASE_OFFICER))
    settings.PASSWORD_RESET_TIMEOUT = -1
    return link


def link_of_a_closed_account(_settings: Any) -> str:
    officer = person(Role.CASE_OFFICER)
    link = password_link(officer)
    close(officer, actor=person(Role.ADMINISTRATOR), reason="Slutat")
    return link


@pytest.mark.parametrize(
    "made",
    [
        lambda _settings: f"/ansok/{WRONG}/",
        lambda _settings: f"/intyga/{WRONG}/",
        lambda _settings: "/valj-losenord/MQ/abc-0123456789abcdef/",
        lambda _settings: "/valj-losenord/OTk5OTk5OTk5OTk5OTk5OTk5OTk5/abc-def/",
        lambda _settings: f"/valj-losenord/{'A' * 3000}/{'b' * 3000}/",
        expired_draft,
        link_to_another_address,
        used_password_link,
        old_password_link,
        link_of_a_closed_account,
    ],
)
def test_a_link_that_lets_nobody_in_says_the_same_whatever_was_wrong(
    visitor: Client, settings: Any, made: Any
) -> None:
    address = made(settings)
    answer = visitor.get(address)
    assert answer.status_code == 404
    text = answer.content.decode()
    assert WORDS[address.split("/")[1]] in text
    assert "Hanna" not in text and "hanna" not in text and "Norrskenet" not in text
    check_kept(answer)


def test_a_link_that_lets_in_is_kept_too(visitor: Client) -> None:
    addresses = [
        f"/ansok/{objects.begun(until='kontakt')[1]}/kontakt/",
        f"/ansok/{objects.sent(serial=2)[1]}/",
        f"/intyga/{asking.secret_of(asking.asked())}/",
        password_link(person(Role.CASE_OFFICER)),
    ]
    for address in addresses:
        check_kept(visitor.get(address))


def check_kept(answer: Any) -> None:
    # no-referrer would let browsers send "Origin: null", which the guard against forged forms refuses.
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "no-store" in answer["Cache-Control"]


@pytest.fixture
def server_log() -> Iterator[io.StringIO]:
    """What the server's log would hold, through the filters of its handler."""
    handler = logging.StreamHandler(log := io.StringIO())
    for name in settings.LOGGING["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(settings.LOGGING["filters"][name]["()"])())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield log
    root.removeHandler(handler)
    root.setLevel(logging.WARNING)


def test_no_secret_is_in_log_diary_jobs_or_the_servers_log(server_log: io.StringIO, run_jobs: Any) -> None:
    draft, token = objects.begun()
    applying.mail_link(draft, "ann@exempel.se", address=f"http://testserver/ansok/{token}/")
    secret = asking.secret_of(asking.asked())
    chosen = password_link(person(Role.CASE_OFFICER))
    addresses = [f"/ansok/{token}/", f"/intyga/{secret}/", chosen]
    client = Client()
    for address in addresses:
        client.get(address)
        client.post(address, {"version": "x"})
        client.get(f"{address}finns-inte/inte/")
        client.post(f"{address}kontrollera/", {"version": draft.version})
    run_jobs()
    for hidden in (token, secret, chosen.split("/")[3]):
        assert hidden not in server_log.getvalue()
        assert not [place for place in stored_places() if hidden in place[1]]


def stored_places() -> Iterator[tuple[str, str]]:
    """Each stored row as text, save the mails that carry a link to its owner and the visitors' sessions."""
    for model in apps.get_models():
        if model._meta.label not in {"letters.OutboxMessage", "sessions.Session"}:
            for row in model._default_manager.values():
                yield model._meta.label, str(row)


def test_staff_read_the_message_without_its_secret_and_send_it_nowhere_else() -> None:
    """L-01: nobody but the recipient may answer in the recipient's name."""
    draft, token = objects.begun()
    applying.mail_link(draft, "ann@exempel.se", address=f"http://testserver/ansok/{token}/")
    secret = asking.secret_of(asking.asked())
    officer, client = person(Role.CASE_OFFICER), CheckedClient()
    sign_in(client, officer)
    for message in OutboxMessage.objects.all():
        assert token in message.body or secret in message.body
        page = client.get(f"/utskick/{message.public_id}/").content.decode()
        assert token not in page and secret not in page and "bevis=a" not in page
        assert "visas bara för mottagaren" in page and "Ändra adress" not in page
        with pytest.raises(LettersRefused, match="personlig"):
            letters.redirect(message, "hanna@staden.example", actor=officer, expected_version=message.version)
