"""Reads: who was a member on a day, who came and who left, from the periods and never from today's state.

Days count as they end: whoever joins that day is a member, whoever's last day it is no longer is one. So
members at the end = members at the start + those who came - those who left, whatever the register holds.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate

from pakten.members.models import Answer, Membership, Pledge, PledgeText, Recipient
from pakten.members.queries.memberships import counted


def periods() -> QuerySet[Membership]:
    """All periods but those of merged records, each with ``start``, ``new`` and ``last``.

    ``start`` is the day when it joined; where nobody knows, the day when we stored it, and never later than
    its end. ``new`` and ``last`` are false where another period of the same organisation covers that day:
    an organisation is a member once, however often it was written down.
    """
    rows = _started(counted())
    others = _started(Membership.objects.filter(organisation=OuterRef("organisation")))
    ends, starts = OuterRef("ended_on"), OuterRef("start")
    before = Q(start__lt=starts) | Q(start=starts, pk__lt=OuterRef("pk"))
    covers_start = others.filter(Q(ended_on=None) | Q(ended_on__gt=starts)).filter(before)
    after = Q(ended_on=None) | Q(ended_on__gt=ends) | Q(ended_on=ends, pk__gt=OuterRef("pk"))
    covers_end = others.filter(after, start__lt=ends)
    told = rows.annotate(new=_unless(Exists(covers_start)), last=_unless(Exists(covers_end)))
    found: QuerySet[Membership] = told.select_related("organisation")
    return found


def member_on(day: date) -> Q:
    """Those of ``periods`` that were members when the day was over."""
    return Q(start__lte=day) & (Q(ended_on=None) | Q(ended_on__gt=day))


def perhaps_member_on(day: date) -> Q:
    """Those of ``periods`` of which nobody can say: no day of joining is known, and we stored it later."""
    return Q(joined_on=None, start__gt=day)


def came_between(first: date, last: date) -> Q:
    """Those of ``periods`` that began from ``first`` to ``last``, where the day is known."""
    return Q(new=True, joined_on__isnull=False, start__gte=first, start__lte=last)


def stored_between(first: date, last: date) -> Q:
    """Those of ``periods`` whose day of joining nobody knows, by the day when we stored them."""
    return Q(new=True, joined_on=None, start__gte=first, start__lte=last)


def left_between(first: date, last: date) -> Q:
    """Those of ``periods`` that ended from ``first`` to ``last``."""
    return Q(last=True, ended_on__gte=first, ended_on__lte=last)


def pledged(text: PledgeText | None, day: date) -> Exists | Q:
    """Has the member's organisation pledged itself to exactly this version by the end of the day?"""
    if text is None:
        return Q(pk=None)
    own = Pledge.objects.filter(organisation=OuterRef("organisation"), text=text, given_at__date__lte=day)
    return Exists(own)


def declined(text: PledgeText | None, day: date) -> Exists | Q:
    """Has the member answered by then that it does not?"""
    said = _asked(text).filter(answer=Answer.DECLINED, answered_at__date__lte=day)
    return Exists(said) if text else Q(pk=None)


def asked(text: PledgeText | None, day: date) -> Exists | Q:
    """Has the member been asked by then, in a campaign that was sent out?"""
    return Exists(_asked(text).filter(campaign__opened_at__date__lte=day)) if text else Q(pk=None)


def _asked(text: PledgeText | None) -> QuerySet[Recipient]:
    own = Q(membership__organisation=OuterRef("organisation"), campaign__text=text)
    return Recipient.objects.filter(own, campaign__opened_at__isnull=False)


def _started(rows: QuerySet[Membership]) -> QuerySet[Any]:
    stored = TruncDate("created_at")
    early = When(ended_on__lt=stored, then=F("ended_on"))
    known = When(joined_on__isnull=False, then=F("joined_on"))
    return rows.annotate(start=Case(known, early, default=stored, output_field=DateField()))


def _unless(covered: Exists) -> Case:
    """True but where the day is covered; a period without length covers nothing and is covered by nothing."""
    empty = When(ended_on=F("start"), then=Value(True))
    return Case(empty, When(covered, then=Value(False)), default=Value(True), output_field=BooleanField())
