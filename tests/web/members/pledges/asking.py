"""Campaigns, recipients and answers to test with, made through the services."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from tests.people import person
from tests.web.members import register
from tests.web.members.pledges.ready import published_texts

from pakten.accounts.models import Role
from pakten.members.links import secret_for
from pakten.members.models import Campaign, Membership, PledgeText, Recipient, TextKind
from pakten.members.queries.texts import draft_of
from pakten.members.services import campaigns
from pakten.members.services.campaign_sending import send_first
from pakten.members.services.pledge_answers import Given
from pakten.members.services.pledging import Speaker
from pakten.members.services.texts import Publication, Words, draft_text, publish_text
from pakten.records.models import Record

OFFICER, MANAGER = Role.CASE_OFFICER, Role.MANAGER


def new_draft(body: str = "Nya ord om värdegrunden.") -> PledgeText:
    """The draft of the second version of the values."""
    first = published_texts()[TextKind.VALUES]
    found = draft_of(TextKind.VALUES)
    return found or draft_text(TextKind.VALUES, Words(first.title, body), actor=person(OFFICER))


def new_text(body: str = "Nya ord om värdegrunden.") -> PledgeText:
    """Version 2 of the values, published and in force from today."""
    text = new_draft(body)
    facts = Publication(timezone.localdate(), "AMN 2026/0012, § 4")
    return publish_text(text, facts, actor=person(MANAGER), expected_version=text.version)


def facts(**more: Any) -> campaigns.CampaignFacts:
    today = timezone.localdate()
    values: dict[str, Any] = {
        "title": "Ny värdegrund",
        "message": "Vi har skrivit om värdegrunden.",
        "answer_by": today + timedelta(days=21),
        "first_reminder": today + timedelta(days=14),
        "second_reminder": today + timedelta(days=19),
    }
    return campaigns.CampaignFacts(**values | more)


def drafted(text: PledgeText | None = None, **more: Any) -> Campaign:
    return campaigns.draft_campaign(text or new_text(), facts(**more), actor=person(OFFICER))


def member(
    name: str = "Norrskenets Åkeri AB", email: str = "info@norrskenet.example", **more: Any
) -> Membership:
    """An active member that can be written to."""
    return register.member(name, email=email, **more)


def opened(campaign: Campaign | None = None, *, sent: bool = True) -> Campaign:
    """A campaign that is open; its letters are in the outgoing post."""
    campaign = campaign or drafted()
    campaigns.open_campaign(campaign, actor=person(OFFICER), expected_version=campaign.version)
    if sent:
        send_first(campaign.pk, tick=lambda done, total: None)
    return campaign


def asked(name: str = "Norrskenets Åkeri AB") -> Recipient:
    """A member who has been asked and has not answered."""
    membership = member(name)
    return (
        opened()
        .recipients.select_related("campaign__text", "membership__organisation")
        .get(membership=membership)
    )


def secret_of(recipient: Recipient) -> str:
    """The secret in the recipient's link."""
    return secret_for(
        campaign_id=recipient.campaign_id, membership_id=recipient.membership_id, email=recipient.email
    )


def given(recipient: Recipient, *, pledges: bool = True, **more: Any) -> Given:
    """An answer of somebody who has read the words in force."""
    values: dict[str, Any] = {
        "speaker": Speaker("Ann Björk", "ordförande"),
        "shown": recipient.campaign.text.sha256,
    }
    return Given(pledges, **values | more)


def last_day_gone(campaign: Campaign) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(answer_by=timezone.localdate() - timedelta(days=1))


def words_of(record: Record) -> list[str]:
    """What the record's files say."""
    found = []
    for kept in record.files.all():
        with kept.file.open("rb") as stream:
            found.append(stream.read().decode())
    return found
