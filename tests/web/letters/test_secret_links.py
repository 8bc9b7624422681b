"""A link that lets in whoever has it is its recipient's alone, wherever the message can be read."""

from __future__ import annotations

import email
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import mail as outgoing
from django.test import Client
from django.utils import timezone
from tests.people import person
from tests.web.letters import post
from tests.web.records import diary

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.core.secret_links import file_without_secrets
from pakten.letters import policies, queries, services
from pakten.letters.models import OutboxMessage
from pakten.records.services import open_file
from vandel.evidence import sha256_hex

SECRET = "qVf8GkYw3mZxP1"
LINK = f"https://pakten.example/intyga/{SECRET}/"
# One line longer than mail may carry as it is, so that the text is packed and the link cut into pieces.
BODIES = {"plain": f"Läs: {LINK}", "packed": f"{'å' * 2000} {LINK} {'x' * 60} {LINK}"}


@pytest.fixture
def sent(request: pytest.FixtureRequest, db: None) -> OutboxMessage:
    message = post.in_case(body=BODIES[request.param])
    assert services.send_due() == 1
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("sent", BODIES, indirect=True)
def test_staff_open_the_message_in_the_diary_without_the_secret(sent: OutboxMessage) -> None:
    assert sent.record
    assert SECRET in outgoing.outbox[0].body, "the recipient has it"
    for file in sent.record.files.all():
        data = open_file(file, actor=person(Role.CASE_OFFICER))
        if file.media_type == "message/rfc822":
            read = email.message_from_bytes(data)
            assert read["Subject"], "it is still a mail"
            data = bytes(read.get_payload(decode=True))
        assert SECRET not in data.decode(), file.original_name
        assert "https://pakten.example/intyga/…/" in data.decode()


@pytest.mark.parametrize("sent", ["plain"], indirect=True)
def test_the_database_forgets_the_secret_when_the_message_has_left(sent: OutboxMessage) -> None:
    """Whoever reads the database can't answer in the recipient's name; the digest is of what was sent."""
    assert SECRET not in sent.body and "https://pakten.example/intyga/…/" in sent.body
    assert sent.body_sha256 == sha256_hex(BODIES["plain"].encode())
    assert policies.has_secret_link(sent), "the page still says why the link is not whole"
    client = Client()
    client.force_login(person(Role.CASE_OFFICER))
    page = client.get(f"/utskick/{sent.public_id}/").content.decode()
    assert sent.body_sha256 in page and "Den hemliga delen av länken" in page


@pytest.mark.django_db
def test_what_waits_keeps_its_link_and_what_had_none_is_whole() -> None:
    waiting, plain = post.queued(body=BODIES["plain"]), post.queued(body="Hej!")
    OutboxMessage.objects.filter(pk=waiting.pk).update(state="stopped")
    services.send_due()
    waiting.refresh_from_db()
    plain.refresh_from_db()
    assert SECRET in waiting.body, "it may still be sent"
    assert (waiting.body_sha256, plain.body) == ("", "Hej!")
    assert not policies.has_secret_link(plain)


@pytest.mark.django_db
def test_old_system_mail_without_a_case_is_disposed_of() -> None:
    """L-35: after the stated days nothing of whom or what is left, and the log says by which rule."""
    first, second, third = (post.queued(body=LINK) for _ in range(3))
    kept = post.in_case(body=LINK)
    services.send_due()
    long_ago = timezone.now() - timedelta(days=settings.SYSTEM_MAIL_DAYS, hours=1)
    OutboxMessage.objects.filter(pk__in=[first.pk, third.pk, kept.pk]).update(queued_at=long_ago)
    OutboxMessage.objects.filter(pk=third.pk).update(state="queued", sent_at=None)
    assert queries.anything_outlived()
    assert services.forget_outlived() == 1
    first.refresh_from_db()
    assert (first.body, first.to_address, first.to_name) == ("", "gallrad", "")
    assert first.body_sha256, "that it was sent can still be shown"
    for other in (second, third, kept):
        other.refresh_from_db()
        assert other.body and other.to_address != "gallrad"
    entry = Entry.objects.get(action="letters.message.disposed")
    assert f"{settings.SYSTEM_MAIL_DAYS} dagar" in entry.reason and entry.after == {"count": 1}
    assert not queries.anything_outlived()


@pytest.mark.parametrize("sent", ["plain"], indirect=True)
def test_what_is_kept_is_what_was_sent(sent: OutboxMessage) -> None:
    assert sent.record
    with sent.record.files.get(original_name="skickat.eml").file.open() as kept:
        assert SECRET in kept.read().decode()


@pytest.mark.django_db
def test_a_download_hides_it_too() -> None:
    message, client = post.in_case(body=BODIES["plain"]), Client()
    client.force_login(person(Role.CASE_OFFICER))
    assert message.record
    file = message.record.files.get()
    answer = client.get(f"/diarium/handling/{message.record_id}/fil/{file.pk}/")
    shown = b"".join(answer).decode()  # type: ignore[arg-type]
    assert "/intyga/…/" in shown and SECRET not in shown


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"\xff\xfe no secrets \x80", "text/plain"),
        (f"{LINK} in a picture".encode(), "image/png"),
        (b"not a mail at all", "message/rfc822"),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n", "message/rfc822"),
        (b"", "message/rfc822"),
    ],
)
def test_all_else_is_given_as_it_came(data: bytes, media_type: str) -> None:
    assert file_without_secrets(data, media_type) == data


def test_a_bad_sign_beside_a_link_stays() -> None:
    data = b"\xff " + LINK.encode()
    assert file_without_secrets(data, "text/plain") == b"\xff https://pakten.example/intyga/\xe2\x80\xa6/"


@pytest.mark.django_db
def test_the_record_as_it_was_given_in_is_untouched() -> None:
    record = diary.received(files=[diary.paper()])
    file = record.files.get()
    with file.file.open() as kept:
        assert open_file(file, actor=person(Role.REGISTRAR)) == kept.read()
