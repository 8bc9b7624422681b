"""Pledge campaigns: drafted, opened once for all members of that day, closed; and their counts, kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.canonical import plain
from pakten.audit.services import record as log
from pakten.jobs import services as jobs
from pakten.members import campaign_tasks
from pakten.members.links import digest_of_secret, secret_for
from pakten.members.models import (
    CAMPAIGN_EVENTS,
    Answer,
    Campaign,
    CampaignFigure,
    CampaignState,
    Membership,
    Pledge,
    PledgeText,
    Recipient,
    TextState,
)
from pakten.members.policies.texts import check_campaign_transition, check_may_campaign
from pakten.members.queries.campaigns import Address, counts, pledged_already, who_replied, would_receive
from pakten.members.services.campaign_letters import first_letter
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.models import Case
from pakten.records.services import CaseFacts, NewFile, Paper, open_case, register_sent
from pakten.records.words import one_line, several_lines

TITLE_LIMIT, MESSAGE_LIMIT = 200, 4_000
# Members have three weeks, and are reminded when a week is left and when two days are left.
TIME_TO_ANSWER, FIRST_LEFT, SECOND_LEFT = timedelta(days=21), timedelta(days=7), timedelta(days=2)
NO_ADDRESS = "Vi har ingen e-postadress"


@dataclass(frozen=True, slots=True)
class CampaignFacts:
    """What a campaign says and when. A reminder None is not sent."""

    title: str
    message: str
    answer_by: date
    first_reminder: date | None = None
    second_reminder: date | None = None

    def clean(self) -> CampaignFacts:
        """Fit to be stored. Raises Refused for days in a wrong order, or no title."""
        if len(self.title) > TITLE_LIMIT or len(self.message.replace("\r\n", "\n")) > MESSAGE_LIMIT:
            raise Refused(
                f"Texten är för lång. Rubriken får ha {TITLE_LIMIT} tecken och texten {MESSAGE_LIMIT}."
            )
        title = one_line(self.title, TITLE_LIMIT)
        if not title:
            raise Refused("Ge omgången en rubrik.")
        _check_days(self)
        message = several_lines(self.message)
        return CampaignFacts(title, message, self.answer_by, self.first_reminder, self.second_reminder)


def suggested(text: PledgeText, *, today: date) -> CampaignFacts:
    """What a new campaign for this text begins with."""
    last = today + TIME_TO_ANSWER
    return CampaignFacts(
        title=f"Ny version av {text.get_kind_display()}",
        message="",
        answer_by=last,
        first_reminder=last - FIRST_LEFT,
        second_reminder=last - SECOND_LEFT,
    )


@transaction.atomic
def draft_campaign(text: PledgeText, facts: CampaignFacts, *, actor: User) -> Campaign:
    """Begin a campaign for a published text. Raises PermissionDenied, and Refused for what can't be."""
    check_may_campaign(actor)
    _check_text(text)
    facts = facts.clean()
    made = Campaign.objects.create(text=text, made_by=actor, **asdict(facts))
    log(CAMPAIGN_EVENTS[CampaignState.DRAFT], made, actor=actor, after={"text": str(text), **asdict(facts)})
    return made


@transaction.atomic
def revise_campaign(campaign: Campaign, facts: CampaignFacts, *, actor: User, expected_version: int) -> None:
    """Change a campaign that is not sent. Raises PermissionDenied, Refused or ChangedMeanwhile."""
    check_may_campaign(actor, campaign)
    if campaign.state != CampaignState.DRAFT:
        raise Refused("Omgången är utskickad och går inte att ändra.")
    facts = facts.clean()
    before = {name: getattr(campaign, name) for name in asdict(facts)}
    update_versioned(campaign, expected_version, **asdict(facts))
    log("members.campaign.revised", campaign, actor=actor, before=before, after=asdict(facts))


@transaction.atomic
def open_campaign(campaign: Campaign, *, actor: User, expected_version: int) -> None:
    """Put the question to every member that is active now: freeze who is asked, open the case, order the
    letters as a job. Who has pledged this version already is counted as such and is not asked.

    Raises PermissionDenied, Refused when a day has gone by or nobody is there to ask, ChangedMeanwhile.
    """
    check_may_campaign(actor, campaign)
    check_campaign_transition(campaign, CampaignState.OPEN)
    _check_text(campaign.text)
    _check_days(campaign)
    if Campaign.objects.filter(text=campaign.text, state=CampaignState.OPEN).exists():
        raise Refused("En omgång för samma text pågår redan. Avsluta den först.")
    now = timezone.now()
    # First of all, so that of two who open at once the second is told.
    update_versioned(campaign, expected_version, state=CampaignState.OPEN, opened_at=now)
    asked = would_receive(as_of=timezone.localdate(now))
    if not asked:
        raise Refused("Det finns inga aktiva medlemmar att fråga.")
    known = pledged_already(campaign.text_id)
    rows = [_recipient(campaign, row, address=at, pledge=known.get(row.organisation_id)) for row, at in asked]
    Recipient.objects.bulk_create(rows)
    campaign.case = _case_for(campaign, asked, actor=actor)
    campaign.job = jobs.start(
        "members.campaign",
        f"Skicka ut {campaign.title}",
        actor=actor,
        task=campaign_tasks.send_out,
        arguments={"campaign_id": campaign.pk},
    )
    campaign.save(update_fields=["case", "job"])
    after = {
        "recipients": len(rows),
        "without_address": sum(row.could_not_reach for row in rows),
        "had_pledged": sum(row.pledge is not None for row in rows),
    }
    log(CAMPAIGN_EVENTS[CampaignState.OPEN], campaign, actor=actor, after=after)


@transaction.atomic
def close_campaign(campaign: Campaign, *, actor: User, expected_version: int) -> None:
    """End the campaign: its links stop working, nobody is reminded, and the counts of the end are kept.

    Raises PermissionDenied, Refused when it is closed already, ChangedMeanwhile.
    """
    check_may_campaign(actor, campaign)
    check_campaign_transition(campaign, CampaignState.CLOSED)
    was_open = campaign.state == CampaignState.OPEN
    before = {"state": campaign.state}
    update_versioned(campaign, expected_version, state=CampaignState.CLOSED, closed_at=timezone.now())
    after = {"state": CampaignState.CLOSED}
    kept = _keep(campaign, actor=actor).counts if was_open else {}
    log(CAMPAIGN_EVENTS[CampaignState.CLOSED], campaign, actor=actor, before=before, after=after | kept)


@transaction.atomic
def keep_figure(campaign: Campaign, *, actor: User) -> CampaignFigure:
    """Count how the members stand now, and keep it. Raises PermissionDenied, Refused before it is opened."""
    check_may_campaign(actor, campaign)
    if campaign.state == CampaignState.DRAFT:
        raise Refused("Omgången är inte utskickad. Det finns inget att räkna.")
    kept = _keep(campaign, actor=actor)
    log("members.campaign.counted", campaign, actor=actor, after=kept.counts | {"sha256": kept.sha256})
    return kept


def digest_of_figure(figure: CampaignFigure) -> str:
    """SHA-256 of what the row says: the same counts of the same campaign at the same moment give the same."""
    told = {"campaign": figure.campaign_id, "as_of": figure.as_of, "counts": figure.counts}
    if figure.lists:
        told["lists"] = figure.lists
    # Sorted: a database gives a row's JSON back in an order of its own.
    written = json.dumps(plain(told), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def _keep(campaign: Campaign, *, actor: User) -> CampaignFigure:
    made = CampaignFigure(
        campaign=campaign,
        as_of=timezone.now(),
        counts=counts(campaign).plain(),
        lists=who_replied(campaign),
        made_by=actor,
    )
    made.sha256 = digest_of_figure(made)
    made.save()
    return made


def _recipient(
    campaign: Campaign, membership: Membership, *, address: Address, pledge: Pledge | None
) -> Recipient:
    secret = secret_for(campaign_id=campaign.pk, membership_id=membership.pk, email=address.email)
    return Recipient(
        campaign=campaign,
        membership=membership,
        email=address.email,
        token_hash=digest_of_secret(secret),
        could_not_reach=not address.email,
        reach_note="" if address.email else NO_ADDRESS,
        answer=Answer.PLEDGED if pledge else Answer.NONE,
        answered_at=pledge.given_at if pledge else None,
        answered_by=pledge.given_by if pledge else "",
        pledge=pledge,
    )


def _case_for(campaign: Campaign, asked: Sequence[tuple[Membership, Address]], *, actor: User) -> Case:
    """The case with the letter as it goes out, without anybody's link, and the names of those asked."""
    case = open_case(CaseFacts(f"Intygande: {campaign.text}", classification="3.1"), actor=actor)
    letter = first_letter(campaign, organisation="(medlemmens namn)", link="(medlemmens egen länk)")
    names = "\n".join(
        f"{row.organisation.legal_name}{'' if address.email else ' (ingen e-postadress)'}"
        for row, address in asked
    )
    files = [
        NewFile.of_bytes("brev.txt", f"{letter.subject}\n\n{letter.body}".encode(), media_type="text/plain"),
        NewFile.of_bytes("mottagare.txt", names.encode(), media_type="text/plain"),
    ]
    paper = Paper(letter.subject, "letter", recipient=f"Aktiva medlemmar ({len(asked)})")
    register_sent(case, paper, actor=actor, files=files)
    return case


def _check_text(text: PledgeText) -> None:
    if text.state != TextState.PUBLISHED:
        raise Refused("Texten är inte fastställd. Fastställ den innan medlemmarna tillfrågas.")


def _check_days(facts: CampaignFacts | Campaign) -> None:
    today = timezone.localdate()
    if not today < facts.answer_by <= today + timedelta(days=366):
        raise Refused("Sista dagen att svara ska vara efter i dag och inom ett år.")
    reminders = [day for day in (facts.first_reminder, facts.second_reminder) if day]
    if any(not today < day <= facts.answer_by for day in reminders):
        raise Refused("En påminnelse ska gå efter i dag och senast sista dagen att svara.")
    if facts.second_reminder and not (facts.first_reminder and facts.first_reminder < facts.second_reminder):
        raise Refused("Den andra påminnelsen ska gå efter den första.")
