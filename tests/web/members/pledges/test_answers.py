"""A member's answer: by the secret link, signed in, or noted by an officer. Registered at once, and once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.pledges import asking
from tests.web.members.pledges.ready import published_texts

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.letters.models import OutboxMessage
from pakten.members.difference import Kind, blocks, difference
from pakten.members.models import Answer, Campaign, Identified, Pledge, PledgeText, Recipient, TextKind
from pakten.members.queries.campaigns import Reply, counts, open_questions
from pakten.members.services.campaigns import close_campaign
from pakten.members.services.pledge_answers import (
    NotOpen,
    answer_by_link,
    answer_signed_in,
    note_answer,
    report_wrong_person,
)
from pakten.members.services.pledging import EarlierPledge, Speaker, record_earlier_pledges
from pakten.organisations.models import ContactPerson
from pakten.organisations.refusals import Refused
from pakten.organisations.services import end_contact
from pakten.records.models import PublicEntry, Record
from pakten.records.throttle import PER_ADDRESS

pytestmark = pytest.mark.django_db

TYPED = {"name": "Ann Björk", "role": "ordförande", "speaks": "on", "answer": "intyga", "comment": ""}
NAUGHTY = (
    "\x00\x01",
    "x" * 1_000_000,
    "\u202eenog gnitirw",
    "Аnn Вjörk",
    "<script>alert(1)</script>",
    "{{ settings }}",
    "'; DROP TABLE members_pledge; --",
    "\ud800",
    "ÅÄÖ \u0301" * 30,
)


def link(recipient: Recipient) -> str:
    return f"/intyga/{asking.secret_of(recipient)}/"


def typed(recipient: Recipient, **more: Any) -> dict[str, Any]:
    return TYPED | {"shown": recipient.campaign.text.sha256} | more


def test_the_page_shows_the_whole_text_its_version_and_what_is_new() -> None:
    membership = asking.member()
    first = published_texts()[TextKind.VALUES]
    record_earlier_pledges(
        first,
        [EarlierPledge(membership.organisation, timezone.now(), Speaker("Bo Ek", "vd"))],
        actor=person(Role.CASE_OFFICER),
        reason="Listan från 2019",
    )
    text = asking.new_text(first.body.replace("ingen sämre", "ingen illa") + "\n\nEtt helt nytt stycke.")
    recipient = asking.opened(asking.drafted(text)).recipients.get()
    page = Client().get(link(recipient)).content.decode()
    assert "Version 2" in page
    assert "Ni intygade version 1" in page
    assert "<del>" in page
    assert "borttaget: </span>sämre" in page
    assert "tillagt: </span>illa" in page
    assert "Ett helt nytt stycke." in page
    assert text.sha256 in page


def test_looking_writes_nothing() -> None:
    recipient = asking.asked()
    before = (Entry.objects.count(), Recipient.objects.values().get(), Record.objects.count())
    client = Client()
    for _ in range(2):
        client.get(link(recipient))
        client.head(link(recipient))
        client.get(f"{link(recipient)}fel-person/")
    assert before == (Entry.objects.count(), Recipient.objects.values().get(), Record.objects.count())


def test_the_page_is_kept_nowhere_and_tells_its_address_to_nobody() -> None:
    answer = Client().get(link(asking.asked()))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer["X-Robots-Tag"]


def test_the_secret_is_not_in_the_servers_own_log(caplog: pytest.LogCaptureFixture) -> None:
    recipient = asking.asked()
    client = Client()
    client.post(link(recipient), TYPED | {"name": ""})
    client.post(f"{link(recipient)}fel-person/", {"submission": "x"})
    asking.last_day_gone(recipient.campaign)
    client.get(link(recipient))
    assert len(caplog.records) >= 2
    assert asking.secret_of(recipient) not in caplog.text


def test_an_answer_is_a_pledge_a_registered_paper_and_a_receipt() -> None:
    """L-03: with number, time, sender and short content, without anybody's work."""
    recipient = asking.asked()
    answer = Client().post(link(recipient), typed(recipient), follow=True)
    assert "har intygat" in answer.content.decode()
    pledge = Pledge.objects.get()
    assert (pledge.given_by, pledge.role, pledge.identified) == ("Ann Björk", "ordförande", "mail_link")
    assert pledge.sha256 == recipient.campaign.text.sha256
    record = pledge.record
    assert record is not None
    assert record.record_type.code == "pledge"
    assert record.sender_or_recipient == "Norrskenets Åkeri AB"
    assert record.short_content == "Intygar stadens värdegrund, version 2"
    assert record.number in answer.content.decode()
    paper = "".join(asking.words_of(record))
    assert recipient.campaign.text.body in paper
    assert "Jag får företräda organisationen i den här frågan." in paper
    mail = OutboxMessage.objects.get(subject="Vi har tagit emot ert svar")
    assert record.number in mail.body
    told = Entry.objects.get(action="members.answer.given")
    assert told.actor_id is None
    assert told.after["record"] == record.number


def test_no_is_an_answer_too_with_its_comment() -> None:
    recipient = asking.asked()
    Client().post(link(recipient), typed(recipient, answer="avsta", comment="Vi delar inte målet."))
    recipient.refresh_from_db()
    assert (recipient.answer, recipient.comment, recipient.pledge) == (
        "declined",
        "Vi delar inte målet.",
        None,
    )
    assert not Pledge.objects.exists()
    record = Record.objects.get(record_type__code="pledge")
    assert record.short_content == "Vill inte intyga stadens värdegrund, version 2"
    assert counts(recipient.campaign).of(Reply.DECLINED) == 1


def test_sent_twice_is_taken_once() -> None:
    recipient = asking.asked()
    client = Client()
    for answer in ("intyga", "intyga", "avsta"):
        client.post(link(recipient), typed(recipient, answer=answer))
    assert Pledge.objects.count() == 1
    assert Record.objects.filter(record_type__code="pledge").count() == 1
    assert OutboxMessage.objects.filter(subject="Vi har tagit emot ert svar").count() == 1
    recipient.refresh_from_db()
    assert recipient.answer == Answer.PLEDGED


def test_words_that_changed_under_the_eyes_must_be_read_anew() -> None:
    recipient = asking.asked()
    older = PledgeText.objects.get(kind=TextKind.VALUES, number=1)
    answer = Client().post(link(recipient), typed(recipient, shown=older.sha256))
    assert answer.status_code == 422
    assert "Läs den igen" in answer.content.decode()
    assert f'value="{recipient.campaign.text.sha256}"' in answer.content.decode()
    assert not Pledge.objects.exists()


@pytest.mark.parametrize("missing", ["name", "role", "speaks", "answer"])
def test_what_is_missing_is_asked_for_and_the_rest_stays(missing: str) -> None:
    recipient = asking.asked()
    sent = typed(recipient, comment="Min kommentar")
    del sent[missing]
    answer = Client().post(link(recipient), sent)
    assert answer.status_code == 422
    assert "Min kommentar" in answer.content.decode()
    assert "Rätta det här" in answer.content.decode()
    assert not Pledge.objects.exists()


@pytest.mark.parametrize("field", ["name", "role", "comment", "shown", "answer"])
@pytest.mark.parametrize("text", NAUGHTY)
def test_strange_words_are_taken_or_refused_and_never_a_fault(field: str, text: str) -> None:
    recipient = asking.asked()
    data = typed(recipient) | {
        field: text.encode("utf-8", "surrogatepass").decode("latin-1") if "\ud800" in text else text
    }
    answer = Client().post(link(recipient), data)
    assert answer.status_code in {302, 422}
    assert b"<script>alert" not in answer.content
    if answer.status_code == 302:
        assert Client().get(link(recipient)).status_code == 200


@pytest.mark.parametrize("token", ["x", "a" * 43, "A" * 5_000, "-_-"])
def test_a_link_that_leads_nowhere_says_what_to_do(token: str) -> None:
    for address in (f"/intyga/{token}/", f"/intyga/{token}/fel-person/"):
        answer = Client().get(address)
        assert answer.status_code == 404
        assert "Öppna länken direkt i det senaste mejlet" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]


def test_after_the_last_day_the_link_says_so_and_takes_nothing() -> None:
    recipient = asking.asked()
    asking.last_day_gone(recipient.campaign)
    client = Client()
    for answer in (client.get(link(recipient)), client.post(link(recipient), typed(recipient))):
        assert answer.status_code == 410
        assert "Tiden att svara har gått ut" in answer.content.decode()
    assert not Pledge.objects.exists()
    recipient = Recipient.objects.select_related("campaign__text").get()
    with pytest.raises(NotOpen):
        answer_by_link(recipient, asking.given(recipient))


def test_too_many_answers_from_one_place_are_held_back_and_nothing_is_lost() -> None:
    recipient = asking.asked()
    client = Client()
    for _ in range(PER_ADDRESS):
        client.post(link(recipient), typed(recipient, shown="0" * 64))
    answer = client.post(link(recipient), typed(recipient, comment="Kvar"))
    assert answer.status_code == 429
    assert "Kvar" in answer.content.decode()
    # The right to ask for a record has its own brake.
    from pakten.records import throttle

    assert throttle.take("127.0.0.1")


def test_the_wrong_person_tells_us_and_the_member_counts_as_not_reached() -> None:
    recipient = asking.asked()
    address = f"{link(recipient)}fel-person/"
    client = Client()
    form = client.get(address).context["form"]
    sent = {"submission": str(form.initial["submission"]), "text": "Fråga Bo Ek i stället."}
    for _ in range(2):
        assert "Tack för att du sa till" in client.post(address, sent).content.decode()
    recipient.refresh_from_db()
    assert (recipient.could_not_reach, recipient.reach_note) == (True, "Gick till fel person")
    record = Record.objects.get(record_type__code="incoming")
    assert record.case == recipient.campaign.case
    assert record.is_private_person


def test_an_officer_notes_what_came_by_telephone_also_late() -> None:
    recipient = asking.asked()
    asking.last_day_gone(recipient.campaign)
    recipient = Recipient.objects.select_related("campaign__text", "campaign__case").get()
    note_answer(
        recipient, asking.given(recipient, shown=""), actor=person(Role.CASE_OFFICER), reason="Telefon i dag"
    )
    pledge = Pledge.objects.get()
    assert pledge.identified == Identified.OFFICER
    told = Entry.objects.get(action="members.answer.given")
    assert (told.actor_name, told.reason) == (str(person(Role.CASE_OFFICER)), "Telefon i dag")
    assert pledge.record is not None
    assert pledge.record.created_by == person(Role.CASE_OFFICER)


def test_a_noted_answer_needs_to_say_how_it_came(signed_in_client: Callable[..., Client]) -> None:
    recipient = asking.asked()
    with pytest.raises(Refused):
        note_answer(recipient, asking.given(recipient), actor=person(Role.CASE_OFFICER), reason="\x00 ")
    client = signed_in_client(Role.CASE_OFFICER)
    address = f"/intygandeomgangar/svar/{recipient.pk}/notera/"
    sent = {"answer": "intyga", "name": "Ann", "role": "vd", "reason": ""}
    assert client.post(address, sent).status_code == 422
    assert client.post(address, sent | {"reason": "Telefon"}).status_code == 302
    assert Pledge.objects.get().given_by == "Ann"


def contact_of(recipient: Recipient, role: Role = Role.MEMBER_CONTACT) -> ContactPerson:
    return ContactPerson.objects.create(
        organisation=recipient.membership.organisation,
        name="Kim Kontaktsson",
        email="kim@norrskenet.example",
        user=person(role),
        source="ansökan",
        recorded_at=timezone.now(),
    )


def test_a_contact_person_answers_signed_in_for_the_own_organisation_only(
    signed_in_client: Callable[..., Client],
) -> None:
    recipient = asking.asked()
    client = signed_in_client(Role.MEMBER_CONTACT)
    address = f"/intyga/fraga/{recipient.pk}/"
    assert client.get(address).status_code == 404
    with pytest.raises(Refused):
        answer_signed_in(recipient, asking.given(recipient), actor=person(Role.MEMBER_CONTACT))
    contact_of(recipient)
    assert [each.recipient for each in open_questions(recipient.membership.organisation)] == [recipient]
    assert client.get(address).status_code == 200
    assert client.post(address, typed(recipient)).status_code == 302
    assert Pledge.objects.get().identified == Identified.SIGNED_IN
    assert Entry.objects.get(action="members.answer.given").actor_id == person(Role.MEMBER_CONTACT).pk
    assert open_questions(recipient.membership.organisation) == []


def test_a_sole_traders_name_is_kept_out_of_the_public_diary() -> None:
    """L-29: who has a personal number for organisation number is a private person in the diary."""
    asking.member("Ann Björk Snickeri", org_nr=register.sole_trader_number())
    recipient = asking.opened().recipients.select_related("campaign__text", "membership__organisation").get()
    answer_by_link(recipient, asking.given(recipient))
    record = Record.objects.get(record_type__code="pledge")
    assert record.is_private_person


def test_who_reports_the_wrong_person_does_not_give_a_sole_traders_name_away() -> None:
    """L-29."""
    asking.member("Ann Björk Snickeri", org_nr=register.sole_trader_number())
    recipient = asking.opened().recipients.select_related("campaign", "membership__organisation").get()
    record = report_wrong_person(recipient, "Fråga någon annan.", submission=uuid4())
    assert "Björk" not in PublicEntry.objects.get(record=record).content


def test_an_answer_to_a_page_opened_before_the_closing_changes_no_count() -> None:
    """What was counted at the end stays so."""
    recipient = asking.asked()
    before = Campaign.objects.get(pk=recipient.campaign_id)
    close_campaign(before, actor=person(Role.CASE_OFFICER), expected_version=before.version)
    officer = person(Role.CASE_OFFICER)
    for late in (
        lambda: answer_by_link(recipient, asking.given(recipient)),
        lambda: note_answer(recipient, asking.given(recipient), actor=officer, reason="telefon"),
        lambda: report_wrong_person(recipient, "", submission=uuid4()),
    ):
        with pytest.raises(NotOpen):
            late()
    assert counts(before).of(Reply.SILENT) == counts(before).everybody() == 1


def test_the_link_of_somebody_who_has_left_takes_no_answer() -> None:
    """Who is a contact no more speaks for the organisation no more; saying who to ask is still possible."""
    membership = asking.member(email="")
    contact = contact_of(Recipient(membership=membership))
    recipient = asking.opened().recipients.select_related("campaign", "membership__organisation").get()
    assert recipient.email == contact.email
    assert Client().get(link(recipient)).status_code == 200
    end_contact(
        contact, on=timezone.localdate(), actor=person(Role.CASE_OFFICER), reason="slutat", expected_version=1
    )
    page = Client().post(link(recipient), typed(recipient))
    assert page.status_code == 410 and "inte längre är kontaktperson" in page.content.decode()
    with pytest.raises(NotOpen):
        answer_by_link(recipient, asking.given(recipient))
    assert Client().get(f"{link(recipient)}fel-person/").status_code == 200


def test_personal_numbers_do_not_stand_in_the_answer() -> None:
    """L-29."""
    recipient = asking.asked()
    Client().post(link(recipient), typed(recipient, comment="Mitt nummer är 19811218-9876."))
    recipient.refresh_from_db()
    assert "9876" not in recipient.comment
    assert "9876" not in str(list(Entry.objects.values()))


def test_earlier_pledges_are_taken_over_once_with_one_entry() -> None:
    text = published_texts()[TextKind.GOALS]
    members = [register.member(name) for name in ("Asken AB", "Boken AB")]
    earlier = [EarlierPledge(row.organisation, timezone.now(), Speaker("Bo", "vd")) for row in members]
    officer = person(Role.CASE_OFFICER)
    assert record_earlier_pledges(text, earlier, actor=officer, reason="Listan från 2019") == 2
    assert record_earlier_pledges(text, earlier, actor=officer, reason="Listan från 2019") == 0
    assert Pledge.objects.count() == 2
    told = Entry.objects.filter(action="members.pledges.recorded").order_by("sequence")
    assert [entry.after["count"] for entry in told] == [2, 0]
    too_early = EarlierPledge(members[0].organisation, timezone.now().replace(year=2018), Speaker("Bo", "vd"))
    with pytest.raises(Refused):
        record_earlier_pledges(text, [too_early], actor=officer, reason="Listan")


def test_the_tab_tells_what_was_pledged_when_by_whom_and_how(
    signed_in_client: Callable[..., Client],
) -> None:
    recipient = asking.asked()
    answer_by_link(recipient, asking.given(recipient))
    organisation = recipient.membership.organisation
    page = (
        signed_in_client(Role.AUDITOR)
        .get(f"/medlemmar/{organisation.public_id}/intyganden/")
        .content.decode()
    )
    for words in ("Ann Björk", "ordförande", "Länk till e-postadressen", "Har intygat", "Inte intygad"):
        assert words in page


def test_the_public_page_shows_what_held_on_a_day() -> None:
    asking.new_text()
    page = Client().get("/mal-och-vardegrund/").content.decode()
    assert "Nya ord om värdegrunden." in page
    page = Client().get("/mal-och-vardegrund/?den=2020-01-01").content.decode()
    assert "Nya ord om värdegrunden." not in page
    assert "Icke-diskriminering." in page
    for wrong in ("0001-01-01", "9999-12-31", "inte en dag", "2019-02-30", "\x00"):
        assert Client().get("/mal-och-vardegrund/", {"den": wrong}).status_code == 200


def test_a_draft_is_not_on_the_public_page() -> None:
    """L-04."""
    asking.new_draft("Hemligt utkast.")
    assert "Hemligt utkast." not in Client().get("/mal-och-vardegrund/").content.decode()


def test_the_pages_of_the_texts(signed_in_client: Callable[..., Client]) -> None:
    published_texts()
    client = signed_in_client(Role.MANAGER)
    answer = client.post("/texter/ny/vardegrund/")
    address = answer["Location"]
    assert client.post("/texter/ny/annat/").status_code == 404
    bad = client.post(address, {"version": 1, "title": "", "body": "Kvar"})
    assert bad.status_code == 422
    assert "Kvar" in bad.content.decode()
    page = client.post(address, {"version": 1, "title": "Ny", "body": "- Ett\n- Två"}, follow=True)
    assert "<li>Ett" in page.content.decode()
    assert "Vad som är nytt sedan version 1" in page.content.decode()
    publish = address.replace("andra", "faststall")
    early = client.post(publish, {"version": 2, "valid_from": "2020-01-01", "decided_by_paper": "§ 4"})
    assert early.status_code == 422
    assert "tidigast gälla" in early.content.decode()
    today = timezone.localdate().isoformat()
    done = client.post(publish, {"version": 2, "valid_from": today, "decided_by_paper": "§ 4"}, follow=True)
    assert "Texten är fastställd." in done.content.decode()
    assert client.get(address).status_code == 302
    assert client.get(f"/texter/{10**30}/").status_code == 404


def test_the_difference_loses_no_word() -> None:
    old = "Ett stycke.\n\n- En punkt\n- Två"
    new = "Ett annat stycke.\n\n- En punkt\n- Tre\n\nSlut."

    def words(kind: Kind) -> str:
        pieces = [
            piece.text for block in difference(old, new) for line in block.lines for piece in line.pieces
            if piece.kind in (Kind.SAME, kind)
        ]  # fmt: skip
        return " ".join(" ".join(pieces).split())

    assert words(Kind.ADDED) == "Ett annat stycke. En punkt Tre Slut."
    assert words(Kind.REMOVED) == "Ett stycke. En punkt Två"
    assert [block.is_list for block in blocks(new)] == [False, True, False]


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_are_one() -> None:
    recipient = asking.asked()
    start = Barrier(2)

    def send(answer: str) -> int:
        start.wait()
        try:
            return Client().post(link(recipient), typed(recipient, answer=answer)).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        codes = list(pool.map(send, ("intyga", "avsta")))
    # Whoever comes when the other is done already is shown the answer, without being sent on.
    assert 302 in codes and set(codes) <= {200, 302}
    assert Record.objects.filter(record_type__code="pledge").count() == 1
    assert Entry.objects.filter(action="members.answer.given").count() == 1
    recipient.refresh_from_db()
    assert (recipient.answer == Answer.PLEDGED) == Pledge.objects.filter(
        text=recipient.campaign.text
    ).exists()
