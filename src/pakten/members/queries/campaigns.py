"""Reads: campaigns, whom they reach, and what has been answered. Silence is never counted as a pledge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils import timezone

from pakten.members.links import digest_of_secret
from pakten.members.models import (
    Answer,
    Campaign,
    CampaignFigure,
    CampaignState,
    Membership,
    Pledge,
    Recipient,
)
from pakten.members.queries.memberships import active_memberships
from pakten.organisations.keys import search_key
from pakten.organisations.models import ContactPerson, Organisation, Sector
from pakten.organisations.queries import standing, valid_on


class Reply(TextChoices):
    """Where a recipient stands: exactly one of these. The last two are unknown, never added to pledged."""

    PLEDGED = "pledged", "har intygat"
    DECLINED = "declined", "vill inte intyga"
    SILENT = "silent", "har inte svarat"
    NOT_REACHED = "not_reached", "gick inte att nå"


_WHICH = {
    Reply.PLEDGED: Q(answer=Answer.PLEDGED),
    Reply.DECLINED: Q(answer=Answer.DECLINED),
    Reply.SILENT: Q(answer=Answer.NONE, could_not_reach=False),
    Reply.NOT_REACHED: Q(answer=Answer.NONE, could_not_reach=True),
}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many stand where, by sector; the four always add up to all recipients."""

    by_sector: Mapping[Sector, Mapping[Reply, int]]

    def of(self, reply: Reply, sector: Sector | None = None) -> int:
        """How many, in one sector or in all."""
        sectors = [sector] if sector else list(self.by_sector)
        return sum(self.by_sector[each][reply] for each in sectors)

    def everybody(self, sector: Sector | None = None) -> int:
        return sum(self.of(reply, sector) for reply in Reply)

    def unknown(self, sector: Sector | None = None) -> int:
        """Those of whom we don't know: silent, or not reached."""
        return self.of(Reply.SILENT, sector) + self.of(Reply.NOT_REACHED, sector)

    def plain(self) -> dict[str, dict[str, int]]:
        """As it is kept in a row."""
        return {
            str(sector.value): {str(reply.value): number for reply, number in found.items()}
            for sector, found in self.by_sector.items()
        }

    @classmethod
    def kept(cls, row: CampaignFigure) -> Counts:
        """As it was kept."""
        counts = row.counts
        return cls({s: {r: counts.get(s.value, {}).get(r.value, 0) for r in Reply} for s in Sector})


@dataclass(frozen=True, slots=True)
class Address:
    """Whom a letter goes to; ``email`` empty = nobody that we know of."""

    email: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class RecipientFilters:
    """Which recipients to list; empty = no limit."""

    search: str = ""
    reply: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A campaign that an organisation has not answered and still can."""

    recipient: Recipient
    campaign: Campaign


def campaigns() -> QuerySet[Campaign]:
    """All campaigns, latest first, each with ``everybody`` and ``pledged``."""
    pledged = Count("recipients", filter=Q(recipients__answer=Answer.PLEDGED))
    rows = Campaign.objects.select_related("text", "made_by")
    return rows.annotate(everybody=Count("recipients"), pledged=pledged).order_by("-pk")


def campaign(campaign_id: int) -> Campaign:
    """One campaign. Raises Campaign.DoesNotExist."""
    return Campaign.objects.select_related("text", "case", "job", "made_by").get(pk=campaign_id)


def open_campaigns() -> QuerySet[Campaign]:
    """Those that members can answer now, or could until their last day."""
    return Campaign.objects.filter(state=CampaignState.OPEN).select_related("text", "case").order_by("pk")


def recipients(found: Campaign, filters: RecipientFilters | None = None) -> QuerySet[Recipient]:
    """The recipients that ``filters`` describe, by name."""
    filters = filters or RecipientFilters()
    rows = Recipient.objects.filter(campaign=found).select_related(
        "membership__organisation", "pledge__record"
    )
    for word in search_key(filters.search).split():
        rows = rows.filter(membership__organisation__search_key__contains=word)
    if filters.reply:
        rows = rows.filter(_WHICH[Reply(filters.reply)])
    if filters.sector:
        rows = rows.filter(membership__organisation__sector=filters.sector)
    return rows.order_by("membership__organisation__sort_key", "pk")


def reply_of(recipient: Recipient) -> Reply:
    """Where this one stands."""
    if recipient.answer != Answer.NONE:
        return Reply(recipient.answer)
    return Reply.NOT_REACHED if recipient.could_not_reach else Reply.SILENT


def counts(found: Campaign) -> Counts:
    """How the recipients stand now, in one query."""
    numbers = {reply.value: Count("pk", filter=which) for reply, which in _WHICH.items()}
    rows = Recipient.objects.filter(campaign=found).order_by().values("membership__organisation__sector")
    sectors: dict[str, Any] = {
        row["membership__organisation__sector"]: row for row in rows.annotate(**numbers)
    }
    return Counts({s: {r: sectors.get(s.value, {}).get(r.value, 0) for r in Reply} for s in Sector})


def who_replied(found: Campaign) -> dict[str, list[str]]:
    """Each reply to the public ids of those who stand there now; the same as :func:`counts` counts."""
    rows = Recipient.objects.filter(campaign=found).select_related("membership__organisation")
    lists: dict[str, list[str]] = {str(reply.value): [] for reply in Reply}
    for row in rows.order_by("membership__organisation__public_id"):
        lists[str(reply_of(row).value)].append(row.membership.organisation.public_id)
    return lists


def kept_figure(figure_id: int) -> CampaignFigure:
    """Counts that were kept. Raises CampaignFigure.DoesNotExist."""
    return CampaignFigure.objects.select_related("campaign__case", "made_by").get(pk=figure_id)


def counted_in(figure: CampaignFigure, reply: str) -> QuerySet[Organisation]:
    """Whom the kept counts counted under one reply, or under any where ``reply`` is none, by name."""
    lists = figure.lists
    wanted = lists.get(reply, []) if reply in set(Reply) else [each for ids in lists.values() for each in ids]
    return Organisation.objects.filter(public_id__in=wanted).order_by("sort_key", "pk")


def recipient_by_secret(secret: str) -> Recipient | None:
    """Whose link this is."""
    return _whole().filter(token_hash=digest_of_secret(secret)).first()


def recipient(recipient_id: int) -> Recipient:
    """One recipient. Raises Recipient.DoesNotExist."""
    return _whole().get(pk=recipient_id)


def _whole() -> QuerySet[Recipient]:
    return Recipient.objects.select_related(
        "campaign__text", "campaign__case", "membership__organisation", "pledge__record__case"
    )


def open_questions(organisation: Organisation) -> list[OpenQuestion]:
    """What the organisation can answer today; ``members:answer_signed_in`` takes ``recipient.pk``."""
    today = timezone.localdate()
    rows = _whole().filter(
        membership__organisation=organisation,
        answer=Answer.NONE,
        campaign__state=CampaignState.OPEN,
        campaign__answer_by__gte=today,
    )
    return [OpenQuestion(row, row.campaign) for row in rows.order_by("campaign__answer_by", "pk")]


def questions_of(organisation: Organisation) -> QuerySet[Recipient]:
    """Every campaign that the organisation was asked in, latest first."""
    rows = Recipient.objects.filter(membership__organisation=organisation).select_related("campaign__text")
    return rows.order_by("-campaign_id")


def addresses(organisations: Iterable[Organisation], *, as_of: date) -> dict[int, Address]:
    """Organisation to the address of its main contact, else another contact's, else its own."""
    found = {each.pk: Address(each.email) for each in organisations}
    contacts = ContactPerson.objects.filter(valid_on(as_of), organisation__in=found).exclude(email="")
    # The last one that is put in stands: the main contact.
    for contact in contacts.order_by("is_main", "-name", "-pk"):
        found[contact.organisation_id] = Address(contact.email, contact.name)
    return found


def went_to_former_contact(recipient: Recipient, *, as_of: date) -> bool:
    """Did the letter go to somebody who is no longer a contact, and to nobody else's address there?"""
    organisation = standing(recipient.membership.organisation)
    if not recipient.email or recipient.email == organisation.email:
        return False
    theirs = organisation.contact_persons.filter(email__iexact=recipient.email)
    return theirs.exists() and not theirs.filter(valid_on(as_of)).exists()


def would_receive(*, as_of: date) -> list[tuple[Membership, Address]]:
    """Each active member with its address, by name."""
    rows = list(active_memberships().order_by("organisation__sort_key", "pk"))
    found = addresses([row.organisation for row in rows], as_of=as_of)
    return [(row, found[row.organisation_id]) for row in rows]


def pledged_already(text_id: int) -> dict[int, Pledge]:
    """Organisation to its latest pledge to this version."""
    return {
        row.organisation_id: row for row in Pledge.objects.filter(text=text_id).order_by("given_at", "pk")
    }


def figures(found: Campaign) -> QuerySet[CampaignFigure]:
    """The counts that were kept, latest first."""
    return CampaignFigure.objects.filter(campaign=found).select_related("made_by")
