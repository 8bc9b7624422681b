"""Giving the members of a campaign that is under way more time: decided by a person, told to all who wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.core.templatetags.formats import date_long
from pakten.jobs import services as jobs
from pakten.members import campaign_tasks
from pakten.members.models import Campaign, CampaignState
from pakten.members.policies.texts import check_may_campaign
from pakten.members.services.campaign_letters import moved
from pakten.organisations.policies import check_text
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.services import NewFile, Paper, register_sent
from pakten.records.words import several_lines

LONGEST = timedelta(days=366)
REASON_LIMIT = 500


@dataclass(frozen=True, slots=True)
class NewDays:
    """The new last day to answer, and the day of the next reminder; None = no more reminders."""

    answer_by: date
    reminder: date | None = None


@transaction.atomic
def move_last_day(
    campaign: Campaign, days: NewDays, *, actor: User, reason: str, expected_version: int
) -> None:
    """Move the last day forward, never back: members were told the old one. Those who are silent are told.

    Raises PermissionDenied, Refused for a campaign that is not open, a day that is no later or a missing
    reason, and ChangedMeanwhile.
    """
    check_may_campaign(actor, campaign)
    why = several_lines(reason)[:REASON_LIMIT]
    check_text(why)
    if campaign.state != CampaignState.OPEN or campaign.case is None:
        raise Refused("Bara en omgång som pågår kan få en senare sista dag.")
    if not why:
        raise Refused("Skriv varför medlemmarna får mer tid. De får läsa det.")
    columns = _columns(campaign, days)
    before = {name: getattr(campaign, name) for name in columns}
    update_versioned(campaign, expected_version, **columns)
    job = jobs.start(
        "members.campaign_moved",
        f"Berätta om ny sista dag: {campaign.title}",
        actor=actor,
        task=campaign_tasks.tell_moved,
        arguments={"campaign_id": campaign.pk, "version": campaign.version, "why": why},
    )
    campaign.job = job
    campaign.save(update_fields=["job"])
    _register(campaign, why, actor=actor)
    log("members.campaign.moved", campaign, actor=actor, before=before, after=columns, reason=why)


def _columns(campaign: Campaign, days: NewDays) -> dict[str, date | None]:
    today = timezone.localdate()
    if not max(campaign.answer_by, today) < days.answer_by <= today + LONGEST:
        last = date_long(campaign.answer_by)
        raise Refused(f"Välj en dag efter {last} och efter i dag, inom ett år. Tiden kan bara bli längre.")
    if days.reminder is not None and not today < days.reminder <= days.answer_by:
        raise Refused("En påminnelse ska gå efter i dag och senast sista dagen att svara.")
    gone = [day for day in (campaign.first_reminder, campaign.second_reminder) if day and day <= today]
    if len(gone) == 2 and days.reminder is not None:
        raise Refused("Båda påminnelserna har redan gått. Medlemmarna får nu ett mejl om den nya dagen.")
    first, second = [*gone, *filter(None, [days.reminder]), None, None][:2]
    return {"answer_by": days.answer_by, "first_reminder": first, "second_reminder": second}


def _register(campaign: Campaign, why: str, *, actor: User) -> None:
    assert campaign.case is not None
    told = moved(campaign, organisation="(medlemmens namn)", link="(medlemmens egen länk)", why=why)
    text = f"{told.subject}\n\n{told.body}".encode()
    paper = Paper(told.subject, "letter", recipient="Medlemmar som inte har svarat")
    file = NewFile.of_bytes("brev.txt", text, media_type="text/plain")
    register_sent(campaign.case, paper, actor=actor, files=[file])
