"""The tabs "Kontakter" and "Meddelanden" of a member's page, and the officers' line on the home page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from pakten.accounts.asking import user_of
from pakten.accounts.models import User
from pakten.accounts.policies import may_sign_in_by_mail
from pakten.core.home import Place, Row, Section, Tone, waiting_in
from pakten.members.models import Membership
from pakten.members.policies import messages as policies
from pakten.members.queries.messages import readable_by, waiting
from pakten.members.services.corrections import label_of
from pakten.members.tabs import Tab
from pakten.organisations.queries import contacts_of

LATEST = 50


def contacts(_request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """The contacts today, and those who have left."""
    today = timezone.localdate()
    rows = list(contacts_of(membership.organisation))
    now = [row for row in rows if row.valid_to is None or row.valid_to > today]
    return {"contacts": now, "former": [row for row in rows if row not in now]}


def messages(request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """The latest of the correspondence, without cases in which this person has a conflict of interest."""
    found = readable_by(user_of(request)).filter(organisation=membership.organisation)
    rows = found.order_by("-sent_at", "-pk")[:LATEST]
    return {
        "rows": [(row, label_of(row.fact)) for row in rows],
        "may_answer": policies.may_answer(request.user),
    }


def home(request: HttpRequest) -> Section | None:
    """What members have written that waits for an answer."""
    if not policies.may_answer(request.user):
        return None
    found = waiting_in(waiting(user_of(request)), "sent_at")
    tone = Tone.WAITS if found.count else Tone.NONE
    label, one = "meddelanden från medlemmar att svara på", "meddelande från en medlem att svara på"
    row = Row(label, reverse("members:inbox"), count=found.count, oldest=found.oldest, tone=tone, one=one)
    return Section(Place.TODAY, (row,))


def first_page(request: HttpRequest) -> str | None:
    """The address of a contact's first page: the own file."""
    return reverse("members:own") if has_own_file(request) else None


def has_own_file(request: HttpRequest) -> bool:
    """Is this somebody who is here as a member's contact, and nothing else?"""
    return may_sign_in_by_mail(request.user) if isinstance(request.user, User) else False


TABS = (
    Tab(50, "kontakter", "Kontakter", "members/contacts/_tab.html", contacts),
    Tab(
        60,
        "meddelanden",
        "Meddelanden",
        "members/messages/_tab.html",
        messages,
        roles=policies.MESSAGE_READERS,
    ),
)
