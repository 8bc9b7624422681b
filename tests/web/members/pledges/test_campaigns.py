"""Campaigns: who is asked, once; who is reminded; and counts that always add up to all who were asked."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.pledges import asking
from tests.web.members.pledges.ready import published_texts
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.jobs.models import Job
from pakten.letters.models import OutboxMessage
from pakten.letters.models import State as PostState
from pakten.members.campaign_pages import table_of
from pakten.members.models import Campaign, CampaignState, Membership, Recipient, State, TextKind
from pakten.members.queries.campaigns import Counts, RecipientFilters, Reply, counts, recipients
from pakten.members.queries.memberships import MemberFilters, member_list
from pakten.members.services.campaign_sending import (
    about,
    note_former_contacts,
    note_undelivered,
    remind_due,
    send_first,
    send_to_other_address,
)
from pakten.members.services.campaigns import (
    close_campaign,
    digest_of_figure,
    draft_campaign,
    keep_figure,
    open_campaign,
    revise_campaign,
)
from pakten.members.services.pledge_answers import answer_by_link, note_answer
from pakten.members.services.pledging import Speaker, give_pledge
from pakten.organisations.facts import ContactFacts
from pakten.organisations.models import ContactPerson, Sector
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.organisations.services import add_contact, end_contact
from pakten.records.models import Record

pytestmark = pytest.mark.django_db

OFFICER = Role.CASE_OFFICER


def first_of(campaign: Campaign) -> Recipient:
    return recipients(campaign).select_related("campaign__text", "campaign__case")[0]


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_every_active_member_is_asked_also_who_has_no_address() -> None:
    asking.member("Asken AB", "a@asken.example")
    asking.member("Boken AB", "")
    dormant = asking.member("Cedern AB", "c@cedern.example")
    Membership.objects.filter(pk=dormant.pk).update(state=State.DORMANT)
    campaign = asking.opened()
    assert [row.membership.organisation.legal_name for row in recipients(campaign)] == [
        "Asken AB",
        "Boken AB",
    ]
    assert counts(campaign).of(Reply.NOT_REACHED) == 1
    assert [mail.to_address for mail in OutboxMessage.objects.all()] == ["a@asken.example"]


def test_the_main_contact_is_asked_before_others_and_before_the_organisation() -> None:
    organisation = asking.member().organisation
    more = {"organisation": organisation, "source": "ansökan", "recorded_at": timezone.now()}
    ContactPerson.objects.create(name="Bo", email="bo@norrskenet.example", **more)
    ContactPerson.objects.create(name="Ann", email="ann@norrskenet.example", is_main=True, **more)
    ContactPerson.objects.create(name="Cia", email="cia@norrskenet.example", valid_to=in_days(-2), **more)
    assert first_of(asking.opened()).email == "ann@norrskenet.example"


def test_who_has_pledged_this_version_already_is_counted_and_not_asked() -> None:
    text = asking.new_text()
    pledge = give_pledge(asking.member().organisation, text, speaker=Speaker("Ann Björk", "vd"), actor=None)
    campaign = asking.opened(asking.drafted(text))
    assert first_of(campaign).pledge == pledge
    assert counts(campaign).of(Reply.PLEDGED) == 1
    assert not OutboxMessage.objects.exists()


def test_letters_are_sent_once_however_often_the_work_is_begun() -> None:
    for name in ("Asken AB", "Boken AB", "Cedern AB"):
        asking.member(name, f"{name[:1]}@post.example")
    campaign = asking.opened()
    assert OutboxMessage.objects.count() == 3
    assert send_first(campaign.pk, tick=lambda done, total: None) == 0
    with pytest.raises(Refused):
        open_campaign(campaign, actor=person(OFFICER), expected_version=campaign.version)
    assert OutboxMessage.objects.count() == 3


def test_work_that_was_cut_off_goes_on_where_it_ended() -> None:
    for name in ("Asken AB", "Boken AB", "Cedern AB"):
        asking.member(name, f"{name[:1]}@post.example")
    campaign = asking.opened(sent=False)

    def stop_after_one(done: int, _total: int) -> None:
        if done == 1:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        send_first(campaign.pk, tick=stop_after_one)
    assert OutboxMessage.objects.count() == 1
    assert send_first(campaign.pk, tick=lambda done, total: None) == 2
    assert OutboxMessage.objects.values("to_address").distinct().count() == 3


def test_the_letters_are_a_job_with_progress(run_jobs: Callable[[], None]) -> None:
    asking.member()
    campaign = asking.opened(sent=False)
    run_jobs()
    job = Job.objects.get(kind="members.campaign")
    assert (job.state, job.done, job.total) == ("done", 1, 1)
    assert job.summary == "1 brev ligger i utgående post."
    assert first_of(campaign).sent_at is not None


def test_the_letter_is_in_the_diary_without_anybodys_link() -> None:
    """L-03, and the secret of a link is in no paper that may be given out."""
    asking.member()
    campaign = asking.opened()
    assert campaign.case is not None
    record = Record.objects.get(case=campaign.case)
    stored = "".join(asking.words_of(record))
    assert "Vi har skrivit om värdegrunden." in stored
    assert "Norrskenets Åkeri AB" in stored
    assert asking.secret_of(first_of(campaign)) not in stored
    assert record.record_no == 1


def test_the_secret_is_in_the_letter_and_nowhere_else(caplog: pytest.LogCaptureFixture) -> None:
    recipient = asking.asked()
    secret = asking.secret_of(recipient)
    assert f"/intyga/{secret}/" in OutboxMessage.objects.get().body
    assert secret not in str(list(Entry.objects.values()))
    assert secret not in str(list(Recipient.objects.values()))
    assert secret not in str(list(Job.objects.values()))
    assert secret not in caplog.text


def test_only_the_silent_are_reminded_and_each_reminder_goes_once() -> None:
    for name in ("Asken AB", "Boken AB", "Cedern AB"):
        asking.member(name, f"{name[:1]}@post.example")
    asking.member("Dagg AB", "")
    campaign = asking.opened()
    row = first_of(campaign)
    answer_by_link(row, asking.given(row))
    assert remind_due(today=in_days(13)) == 0
    assert remind_due(today=in_days(14)) == 2
    assert remind_due(today=in_days(15)) == 0
    assert remind_due(today=in_days(19)) == 2
    assert remind_due(today=in_days(21)) == 0
    reminded = OutboxMessage.objects.filter(subject__startswith="Påminnelse").values_list(
        "to_address", flat=True
    )
    assert sorted(reminded) == ["B@post.example", "B@post.example", "C@post.example", "C@post.example"]


def test_a_reminder_that_was_missed_is_made_up_for_once() -> None:
    asking.asked()
    assert remind_due(today=in_days(20)) == 1
    assert remind_due(today=in_days(20)) == 0
    assert remind_due(today=in_days(22)) == 0


def test_who_has_left_is_not_reminded() -> None:
    """Neither a contact who has left the organisation, nor an organisation that has left the network."""
    gone, left = asking.member("Asken AB", ""), asking.member("Boken AB", "b@post.example")
    contact = add_contact(
        gone.organisation,
        ContactFacts("Ann Ek", email="ann@post.example"),
        actor=person(OFFICER),
        source=register.source(),
    )
    campaign = asking.opened()
    end_contact(contact, on=timezone.localdate(), actor=person(OFFICER), reason="slutat", expected_version=1)
    Membership.objects.filter(pk=left.pk).update(state=State.ENDED, ended_on=timezone.localdate())
    assert note_former_contacts(today=timezone.localdate()) == 1
    row = campaign.recipients.get(membership=gone)
    assert (row.could_not_reach, row.reach_note) == (True, "Kontaktpersonen har slutat")
    assert remind_due(today=in_days(14)) == 0


def test_a_reminder_leads_to_the_same_page() -> None:
    recipient = asking.asked()
    remind_due(today=in_days(14))
    first, second = OutboxMessage.objects.order_by("pk")
    secret = asking.secret_of(recipient)
    assert secret in first.body
    assert secret in second.body


def test_a_mail_that_came_back_is_told_and_untold() -> None:
    recipient = asking.asked()
    mail = OutboxMessage.objects.filter(about=about(recipient.pk))
    mail.update(state=PostState.FAILED)
    assert note_undelivered() == 1
    assert counts(recipient.campaign).of(Reply.NOT_REACHED) == 1
    assert note_undelivered() == 0
    mail.update(state=PostState.QUEUED)
    assert note_undelivered() == 1
    assert counts(recipient.campaign).of(Reply.SILENT) == 1


def test_another_address_gets_a_new_link_and_the_old_one_stops() -> None:
    recipient = asking.asked()
    old = asking.secret_of(recipient)
    send_to_other_address(recipient, "ny@norrskenet.example", actor=person(OFFICER), expected_version=2)
    client = Client()
    assert client.get(f"/intyga/{old}/").status_code == 404
    assert client.get(f"/intyga/{asking.secret_of(recipient)}/").status_code == 200
    with pytest.raises(Refused):
        send_to_other_address(
            recipient, "inte en adress", actor=person(OFFICER), expected_version=recipient.version
        )


def test_the_counts_always_add_up_to_all_who_were_asked() -> None:
    """Silence is never added to pledged."""
    for number in range(8):
        asking.member(
            f"Medlem {number} AB", f"m{number}@post.example" if number % 3 else "",
            sector=list(Sector)[number % 3],
        )  # fmt: skip
    campaign = asking.opened()
    for number, row in enumerate(list(recipients(campaign))):
        row.campaign = campaign
        if number in (1, 2, 4):
            answer_by_link(row, asking.given(row, pledges=number != 4))
        found = counts(campaign)
        assert found.everybody() == campaign.recipients.count() == 8
        for reply in Reply:
            assert found.of(reply) == recipients(campaign, RecipientFilters(reply=reply)).count()
        for line in table_of(found):
            assert sum(cell for _, cell in line.cells) == line.everybody
    assert [found.of(reply) for reply in Reply] == [2, 1, 2, 3]
    assert found.unknown() == 5


def test_kept_figures_stay_when_more_answer() -> None:
    recipient = asking.asked()
    campaign = recipient.campaign
    kept = keep_figure(campaign, actor=person(OFFICER))
    answer_by_link(recipient, asking.given(recipient))
    kept.refresh_from_db()
    assert Counts.kept(kept).of(Reply.SILENT) == 1
    assert kept.sha256 == digest_of_figure(kept)
    assert counts(campaign).of(Reply.PLEDGED) == 1
    name = recipient.membership.organisation.legal_name
    officer = CheckedClient()
    officer.force_login(person(OFFICER))
    page = officer.get(f"/intygandeomgangar/{campaign.pk}/").content.decode()
    address = f"/intygandeomgangar/siffror/{kept.pk}/"
    assert f"{address}?svar=silent" in page and f'"{address}"' in page
    for reply, there in (("silent", True), ("pledged", False), ("", True), ("<b>", True)):
        shown = officer.get(address, {"svar": reply})
        assert (name in shown.content.decode()) is there, reply
        assert shown.context["page"].paginator.count == there
    kept.lists["silent"] = []
    assert kept.sha256 != digest_of_figure(kept), "the digest covers who was counted"


def test_the_count_of_pledges_opens_to_as_many() -> None:
    text = asking.new_text()
    for name in ("Asken AB", "Boken AB"):
        organisation = asking.member(name, f"{name[:1]}@post.example").organisation
        give_pledge(organisation, text, speaker=Speaker("Ann Björk", "vd"), actor=None)
    officer = CheckedClient()
    officer.force_login(person(OFFICER))
    address = f"/texter/{text.pk}/intyganden/"
    for page in ("/texter/", f"/texter/{text.pk}/"):
        assert address in officer.get(page).content.decode()
    shown = officer.get(address)
    assert shown.context["page"].paginator.count == 2
    assert "Asken AB" in shown.content.decode() and "Ann Björk, vd" in shown.content.decode()
    assert officer.get("/texter/999999/intyganden/").status_code == 404


def test_closing_keeps_the_figures_of_the_end_and_stops_the_links() -> None:
    recipient = asking.asked()
    campaign = Campaign.objects.get()
    close_campaign(campaign, actor=person(OFFICER), expected_version=campaign.version)
    assert campaign.figures.count() == 1
    answer = Client().get(f"/intyga/{asking.secret_of(recipient)}/")
    assert answer.status_code == 410
    assert "Frågan är avslutad" in answer.content.decode()
    assert remind_due(today=in_days(14)) == 0
    with pytest.raises(Refused):
        close_campaign(campaign, actor=person(OFFICER), expected_version=campaign.version)


def test_a_campaign_needs_a_published_text_days_in_order_and_somebody_to_ask() -> None:
    draft = asking.new_draft()
    with pytest.raises(Refused, match="inte fastställd"):
        draft_campaign(draft, asking.facts(), actor=person(OFFICER))
    text = published_texts()[TextKind.GOALS]
    for wrong in (
        {"answer_by": in_days(0)},
        {"answer_by": in_days(500)},
        {"first_reminder": in_days(22), "second_reminder": None},
        {"first_reminder": in_days(19), "second_reminder": in_days(14)},
        {"first_reminder": None},
        {"title": "\x00 "},
        {"title": "T" * 201},
        {"message": "m" * 1_000_000},
    ):
        with pytest.raises(Refused):
            draft_campaign(text, asking.facts(**wrong), actor=person(OFFICER))
    with pytest.raises(Refused, match="inga aktiva medlemmar"):
        asking.opened(draft_campaign(text, asking.facts(), actor=person(OFFICER)))
    assert Campaign.objects.get().state == CampaignState.DRAFT


def test_one_campaign_for_a_text_at_a_time() -> None:
    campaign = asking.asked().campaign
    with pytest.raises(Refused, match="pågår redan"):
        asking.opened(asking.drafted(campaign.text))


def test_of_two_who_send_at_once_one_is_told() -> None:
    asking.member()
    campaign = asking.drafted()
    same = Campaign.objects.get(pk=campaign.pk)
    revise_campaign(campaign, asking.facts(title="Nytt"), actor=person(OFFICER), expected_version=1)
    with pytest.raises(ChangedMeanwhile):
        open_campaign(same, actor=person(OFFICER), expected_version=1)
    assert not Recipient.objects.exists()
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CASE_OFFICER, Role.MANAGER}))
def test_only_officer_and_manager_ask_the_members(role: Role) -> None:
    recipient = asking.asked()
    campaign = Campaign.objects.get()
    actor = person(role)
    for act in (
        lambda: draft_campaign(campaign.text, asking.facts(), actor=actor),
        lambda: open_campaign(campaign, actor=actor, expected_version=1),
        lambda: close_campaign(campaign, actor=actor, expected_version=2),
        lambda: keep_figure(campaign, actor=actor),
        lambda: note_answer(recipient, asking.given(recipient), actor=actor, reason="telefon"),
        lambda: send_to_other_address(recipient, "a@b.example", actor=actor, expected_version=1),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_the_list_of_the_silent_can_be_taken_out(signed_in_client: Callable[..., Client]) -> None:
    for name in ("Asken AB", "Boken AB"):
        asking.member(name, f"{name[:1]}@post.example")
    campaign = asking.opened()
    row = first_of(campaign)
    answer_by_link(row, asking.given(row, comment="=HYPERLINK(1)"))
    client = signed_in_client(Role.AUDITOR)
    page = client.get(f"/intygandeomgangar/{campaign.pk}/svar/?svar=silent").content.decode()
    assert "Boken AB" in page
    assert "Asken AB" not in page
    answer = client.get(f"/intygandeomgangar/{campaign.pk}/svar/export/excel/?svar=silent")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][:3] == ["Boken AB", "privat näringsliv", "har inte svarat"]
    whole = client.get(f"/intygandeomgangar/{campaign.pk}/svar/export/csv/").content.decode("utf-8-sig")
    assert asking.secret_of(row) not in whole
    assert ";=HYPERLINK" not in whole


def test_members_who_have_not_pledged_what_is_in_force_can_be_listed(
    signed_in_client: Callable[..., Client],
) -> None:
    texts = published_texts()
    one, other, third = (register.member(name) for name in ("Asken AB", "Boken AB", "Cedern AB"))
    for kind in TextKind:
        give_pledge(one.organisation, texts[kind], speaker=Speaker("Ann", "vd"), actor=None)
    give_pledge(other.organisation, texts[TextKind.GOALS], speaker=Speaker("Bo", "vd"), actor=None)
    assert list(member_list(MemberFilters(not_pledged=True))) == [other, third]
    page = signed_in_client(OFFICER).get("/medlemmar/?ej_intygat=on").content.decode()
    assert "Boken AB" in page
    assert "Asken AB" not in page


def test_the_pages_show_what_would_be_sent_and_how_it_stands(
    signed_in_client: Callable[..., Client], run_jobs: Callable[[], None]
) -> None:
    asking.member()
    asking.member("Boken AB", "")
    asking.new_text()
    client = signed_in_client(OFFICER)
    new = client.get("/intygandeomgangar/ny/")
    sent = {name: field.value() for name, field in ((f.name, f) for f in new.context["form"])}
    sent = {name: value for name, value in sent.items() if value is not None}
    made = client.post("/intygandeomgangar/ny/", sent)
    assert made.status_code == 302, made.content.decode()
    page = client.get(made["Location"]).content.decode()
    assert "Ingenting är skickat än." in page
    assert "Kan inte få brevet" in page
    assert "(organisationens egen länk)" in page
    opened = client.post(f"{made['Location']}oppna/", {"version": 1}, follow=True).content.decode()
    assert "Breven skickas." in opened
    run_jobs()
    page = client.get(made["Location"]).content.decode()
    assert "2 av 2 går inte att bedöma" in page
    assert client.post(f"{made['Location']}rakna/", follow=True).context["kept"]
    closed = client.post(f"{made['Location']}avsluta/", {"version": 2}, follow=True)
    assert "Omgången är avslutad." in closed.content.decode()


def test_a_form_with_errors_keeps_what_was_typed(signed_in_client: Callable[..., Client]) -> None:
    text = asking.new_text()
    typed = {"text": text.pk, "title": "Min rubrik", "message": "Mitt\nbrev", "answer_by": "2020-01-01"}
    answer = signed_in_client(OFFICER).post("/intygandeomgangar/ny/", typed)
    assert answer.status_code == 422
    assert "Min rubrik" in answer.content.decode()
    assert "Sista dagen att svara ska vara efter i dag" in answer.content.decode()
