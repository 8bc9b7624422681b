"""Sending a campaign's letters: each at most once, however often the work is begun anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.core.addresses import whole
from pakten.letters.queries import given_up
from pakten.letters.refusals import LettersRefused
from pakten.letters.services import Mail, post
from pakten.members.links import digest_of_secret, secret_for
from pakten.members.models import Answer, Campaign, CampaignState, Recipient, State
from pakten.members.policies.texts import check_may_campaign
from pakten.members.queries.campaigns import open_campaigns, went_to_former_contact
from pakten.members.services.campaign_letters import Letter, first_letter, moved, reminder
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.words import one_line

Tick = Callable[[int, int], None]
CAME_BACK = "Mejlet gick inte att skicka"
HAS_LEFT = "Kontaktpersonen har slutat"


def about(recipient_id: int) -> str:
    """How the outgoing post names what a mail is about."""
    return f"members.recipient:{recipient_id}"


def send_first(campaign_id: int, *, tick: Tick) -> int:
    """Post the first letter to each recipient that has not got it; gives back how many were posted now.

    Each letter is its own transaction, so that work that was cut off goes on where it ended.
    """
    waiting = Recipient.objects.filter(
        campaign=campaign_id, campaign__state=CampaignState.OPEN, sent_at=None, answer=Answer.NONE
    )
    keys = list(waiting.exclude(email="").order_by("pk").values_list("pk", flat=True))
    sent = 0
    for done, pk in enumerate(keys, start=1):
        sent += _send_one(pk)
        tick(done, len(keys))
    return sent


@transaction.atomic
def _send_one(recipient_id: int) -> bool:
    now = timezone.now()
    mine = Recipient.objects.filter(
        pk=recipient_id, sent_at=None, answer=Answer.NONE, campaign__state=CampaignState.OPEN
    )
    if not mine.update(sent_at=now, version=F("version") + 1):
        return False
    return _post(recipient_id, "0", write=first_letter)


def send_moved(campaign_id: int, *, version: int, why: str, tick: Tick) -> int:
    """Tell those who are silent that they have more time; once for each move, however often it is begun."""
    silent = Recipient.objects.filter(
        campaign=campaign_id,
        campaign__state=CampaignState.OPEN,
        answer=Answer.NONE,
        could_not_reach=False,
        sent_at__isnull=False,
    ).exclude(membership__state=State.ENDED)
    keys = list(silent.order_by("pk").values_list("pk", flat=True))
    told = 0
    for done, pk in enumerate(keys, start=1):
        with transaction.atomic():
            told += _post(pk, f"moved:{version}", write=partial(moved, why=why))
        tick(done, len(keys))
    return told


def remind_due(*, today: date) -> int:
    """Remind those who are silent in open campaigns whose day for it has come; how many were reminded.

    Who has answered, who can't be reached, who has left the network, and who was reminded already hears
    nothing. A day that was missed is made up for once.
    """
    return sum(_remind(campaign, today=today) for campaign in open_campaigns() if campaign.answer_by >= today)


def _remind(campaign: Campaign, *, today: date) -> int:
    days = (campaign.first_reminder, campaign.second_reminder)
    due = sum(1 for day in days if day and day <= today)
    silent = Recipient.objects.filter(
        campaign=campaign, answer=Answer.NONE, could_not_reach=False, reminded__lt=due, sent_at__isnull=False
    ).exclude(membership__state=State.ENDED)
    return sum(_remind_one(pk, due) for pk in list(silent.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _remind_one(recipient_id: int, due: int) -> bool:
    mine = Recipient.objects.filter(
        pk=recipient_id,
        answer=Answer.NONE,
        could_not_reach=False,
        reminded__lt=due,
        campaign__state=CampaignState.OPEN,
    )
    if not mine.update(reminded=due, last_reminded_at=timezone.now(), version=F("version") + 1):
        return False
    return _post(recipient_id, str(due), write=reminder)


def note_undelivered() -> int:
    """Mark the silent ones whose mail was given up, and unmark those whose mail went out after all."""
    silent = Recipient.objects.filter(campaign__state=CampaignState.OPEN, answer=Answer.NONE)
    names = {about(pk): pk for pk in silent.values_list("pk", flat=True)}
    lost = {names[each] for each in given_up().filter(about__in=names).values_list("about", flat=True)}
    new = silent.filter(pk__in=lost, could_not_reach=False)
    marked = new.update(could_not_reach=True, reach_note=CAME_BACK, version=F("version") + 1)
    back = silent.filter(could_not_reach=True, reach_note=CAME_BACK).exclude(pk__in=lost)
    return marked + back.update(could_not_reach=False, reach_note="", version=F("version") + 1)


def note_former_contacts(*, today: date) -> int:
    """Mark the silent ones whose letter went to somebody who is a contact no more: they hear nothing more.

    How many. An officer asks at another address, as with a mail that came back.
    """
    silent = Recipient.objects.filter(
        campaign__state=CampaignState.OPEN, answer=Answer.NONE, could_not_reach=False
    )
    rows = silent.select_related("membership__organisation").order_by("pk")
    gone = [row.pk for row in rows if went_to_former_contact(row, as_of=today)]
    return silent.filter(pk__in=gone).update(
        could_not_reach=True, reach_note=HAS_LEFT, version=F("version") + 1
    )


@transaction.atomic
def send_to_other_address(recipient: Recipient, email: str, *, actor: User, expected_version: int) -> None:
    """Ask at another address: a new link goes there, and the old one stops working.

    Raises PermissionDenied, Refused for a bad address, an answer or a campaign that has ended, and
    ChangedMeanwhile.
    """
    campaign = recipient.campaign
    check_may_campaign(actor, campaign)
    if campaign.state != CampaignState.OPEN or campaign.answer_by < timezone.localdate():
        raise Refused("Tiden att svara är slut. Det går inte att skicka frågan igen.")
    if recipient.answer != Answer.NONE:
        raise Refused("Medlemmen har redan svarat.")
    email = one_line(email, 254)
    secret = secret_for(campaign_id=campaign.pk, membership_id=recipient.membership_id, email=email)
    before = {"email": recipient.email}
    update_versioned(
        recipient,
        expected_version,
        email=email,
        token_hash=digest_of_secret(secret),
        could_not_reach=False,
        reach_note="",
        sent_at=timezone.now(),
    )
    if not _post(recipient.pk, f"{email}:{expected_version}", write=first_letter):
        raise Refused("E-postadressen går inte att skicka till. Kontrollera stavningen.")
    log("members.campaign.readdressed", recipient, actor=actor, before=before, after={"email": email})


def _post(recipient_id: int, which: str, *, write: Callable[..., Letter]) -> bool:
    """Post one mail with the recipient's link; an address that can't be written to is noted."""
    row = Recipient.objects.select_related("campaign__text", "membership__organisation").get(pk=recipient_id)
    name = row.membership.organisation.legal_name
    secret = secret_for(campaign_id=row.campaign_id, membership_id=row.membership_id, email=row.email)
    digest = digest_of_secret(secret)
    if digest != row.token_hash:
        # The site has got a new key since the first letter.
        Recipient.objects.filter(pk=row.pk).update(token_hash=digest)
    link = whole(reverse("members:confirm", args=[secret]))
    letter = write(row.campaign, organisation=name, link=link)
    mail = Mail(
        row.email,
        letter.subject,
        letter.body,
        to_name=name,
        about=about(row.pk),
        submission=uuid5(NAMESPACE_URL, f"pakten:{about(row.pk)}:{which}"),
    )
    try:
        with transaction.atomic():
            post(mail, actor=None)
    except LettersRefused as refusal:
        Recipient.objects.filter(pk=row.pk).update(could_not_reach=True, reach_note=refusal.sentence[:200])
        return False
    return True
