"""More time in a campaign that is under way, and who may have nothing to do with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from tests.people import person
from tests.web.members.pledges import asking
from tests.web.pages import CheckedClient

from pakten.accounts.models import Role
from pakten.audit.models import Entry
from pakten.core.templatetags.formats import date_long
from pakten.jobs.models import Job
from pakten.letters.models import OutboxMessage
from pakten.members.queries.campaigns import recipients
from pakten.members.services.campaign_moving import NewDays, move_last_day
from pakten.members.services.campaign_sending import remind_due, send_moved
from pakten.members.services.campaigns import close_campaign, keep_figure
from pakten.members.services.pledge_answers import answer_by_link, note_answer
from pakten.organisations.refusals import ChangedMeanwhile, Refused
from pakten.records.models import Record
from pakten.records.services import declare_conflict

pytestmark = pytest.mark.django_db
OFFICER = Role.CASE_OFFICER


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def test_members_get_more_time_and_the_silent_are_told_once() -> None:
    """A later day, a reason that is told, the diary's paper; never an earlier day than the one promised."""
    for name in ("Asken AB", "Boken AB", "Cedern AB"):
        asking.member(name, f"{name[:1]}@post.example" if name[0] != "C" else "")
    campaign = asking.opened()
    answered = recipients(campaign).select_related("campaign__text", "campaign__case")[0]
    answer_by_link(answered, asking.given(answered))
    posted, papers = OutboxMessage.objects.count(), Record.objects.filter(case=campaign.case).count()
    officer, later = person(OFFICER), NewDays(in_days(40), in_days(35))
    change = {"actor": officer, "reason": "Många är lediga.", "expected_version": campaign.version}
    for wrong in (NewDays(campaign.answer_by), NewDays(in_days(400)), NewDays(in_days(40), in_days(41))):
        with pytest.raises(Refused):
            move_last_day(campaign, wrong, **change)
    with pytest.raises(Refused, match="Skriv varför"):
        move_last_day(campaign, later, **change | {"reason": " "})
    with pytest.raises(ChangedMeanwhile):
        move_last_day(campaign, later, **change | {"expected_version": 99})
    move_last_day(campaign, later, **change)
    campaign.refresh_from_db()
    assert (campaign.answer_by, campaign.first_reminder, campaign.second_reminder) == (
        in_days(40),
        in_days(35),
        None,
    )
    job = Job.objects.get(kind="members.campaign_moved")
    assert job.pk == campaign.job_id and job.arguments["version"] == campaign.version
    move = {"version": campaign.version, "why": "Många är lediga.", "tick": lambda *_: None}
    assert send_moved(campaign.pk, **move) == 1
    told = OutboxMessage.objects.order_by("-pk")[: OutboxMessage.objects.count() - posted]
    assert [mail.to_address for mail in told] == ["B@post.example"]
    assert "Många är lediga." in told[0].body and told[0].subject.startswith("Mer tid att svara")
    assert send_moved(campaign.pk, **move) == 1
    assert OutboxMessage.objects.count() == posted + 1, "begun anew, the same mail is not posted twice"
    assert Record.objects.filter(case=campaign.case).count() == papers + 1
    assert remind_due(today=in_days(34)) == 0 and remind_due(today=in_days(35)) == 1
    assert Entry.objects.filter(action="members.campaign.moved", reason="Många är lediga.").exists()


def test_the_form_tells_the_day_now_and_that_a_mail_goes() -> None:
    campaign = asking.asked().campaign
    client = CheckedClient()
    client.force_login(person(OFFICER))
    page = client.get(f"/intygandeomgangar/{campaign.pk}/mer-tid/").content.decode()
    assert f"Sista dagen att svara är nu den {date_long(campaign.answer_by)}." in page
    assert "Ge mer tid och skicka mejlet" in page


def test_a_conflict_of_interest_closes_the_campaign() -> None:
    """L-17: neither its pages nor its acts are open to whoever has a conflict in its case."""
    row = asking.asked()
    campaign, hanna = row.campaign, person(OFFICER)
    assert campaign.case is not None
    declare_conflict(campaign.case, hanna, actor=hanna, reason="Min bror sitter i styrelsen.")
    client = CheckedClient()
    client.force_login(hanna)
    for page in ("", "svar/", "mer-tid/"):
        assert client.get(f"/intygandeomgangar/{campaign.pk}/{page}").status_code == 403
    for act in (
        lambda: keep_figure(campaign, actor=hanna),
        lambda: close_campaign(campaign, actor=hanna, expected_version=campaign.version),
        lambda: move_last_day(
            campaign, NewDays(in_days(50)), actor=hanna, reason="x", expected_version=campaign.version
        ),
        lambda: note_answer(row, asking.given(row), actor=hanna, reason="samtal"),
    ):
        with pytest.raises(PermissionDenied):
            act()
