"""Reads: the versions of each text, which one is in force on a day, and who has pledged it."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet

from pakten.members.models import Pledge, PledgeText, TextKind, TextState
from pakten.organisations.models import Organisation


def text_in_force(kind: TextKind, *, as_of: date) -> PledgeText | None:
    """The published version that holds that day: the newest that had begun. None before the first."""
    begun = PledgeText.objects.filter(kind=kind, state=TextState.PUBLISHED, valid_from__lte=as_of)
    return begun.order_by("-valid_from", "-number").first()


def texts_in_force(*, as_of: date) -> dict[TextKind, PledgeText]:
    """What is in force that day, of each kind that has a text."""
    begun = PledgeText.objects.filter(state=TextState.PUBLISHED, valid_from__lte=as_of)
    # The newest of each kind comes last, and stays.
    newest = {TextKind(text.kind): text for text in begun.order_by("valid_from", "number")}
    return {kind: newest[kind] for kind in TextKind if kind in newest}


def versions_of(kind: TextKind) -> QuerySet[PledgeText]:
    """All versions, latest first, each with ``pledge_count``."""
    rows = PledgeText.objects.filter(kind=kind).select_related("made_by", "published_by")
    return rows.annotate(pledge_count=Count("pledges")).order_by("-number")


def published(kind: TextKind) -> QuerySet[PledgeText]:
    """The published versions, the one that holds last first."""
    rows = PledgeText.objects.filter(kind=kind, state=TextState.PUBLISHED)
    return rows.order_by("-valid_from", "-number")


def latest_published(kind: TextKind) -> PledgeText | None:
    """The published version that holds last of all, in force already or not."""
    return published(kind).first()


def latest_version(kind: TextKind) -> PledgeText | None:
    """The version with the highest number, whatever its state."""
    return PledgeText.objects.filter(kind=kind).order_by("-number").first()


def draft_of(kind: TextKind) -> PledgeText | None:
    """The draft that is being written, if any."""
    return PledgeText.objects.filter(kind=kind, state=TextState.DRAFT).order_by("-number").first()


def version_before(text: PledgeText) -> PledgeText | None:
    """The published version that ``text`` follows."""
    return published(TextKind(text.kind)).filter(number__lt=text.number).order_by("-number").first()


def pledges_to(text: PledgeText) -> QuerySet[Pledge]:
    """Every pledge to this version, by the organisation's name; as many as ``pledge_count`` says."""
    rows = text.pledges.select_related("organisation", "record__case")
    return rows.order_by("organisation__sort_key", "given_at", "pk")


def pledges_of(organisation: Organisation) -> QuerySet[Pledge]:
    """All pledges of the organisation, latest first, with text and record."""
    return organisation.pledges.select_related("text", "record", "record__case")


def last_pledge(organisation: Organisation, kind: TextKind) -> Pledge | None:
    """The organisation's latest pledge to a text of this kind."""
    return pledges_of(organisation).filter(text__kind=kind).first()
