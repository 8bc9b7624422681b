"""Reads: begun applications by their secret link, and whether an organisation may apply now."""

from __future__ import annotations

import hashlib
from datetime import date
from enum import Enum

from django.db.models import Q, QuerySet

from pakten.members.models import (
    Application,
    ApplicationDraft,
    ApplicationOutcome,
    ApplicationState,
    CompletionRequest,
    CompletionState,
    Membership,
    State,
)
from pakten.organisations.queries import by_number

_ENDED = (ApplicationState.ACTIVE, ApplicationState.WITHDRAWN, ApplicationState.LAPSED)
_REFUSED = Q(state=ApplicationState.NOTIFIED, outcome=ApplicationOutcome.REFUSE)
LONGEST_TOKEN = 100


class Standing(Enum):
    """What an organisation number is to the network already."""

    FREE = "free"
    MEMBER = "member"
    APPLYING = "applying"


def hash_of(token: str) -> str:
    """What is stored of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def draft_by_token(token: str, *, today: date) -> ApplicationDraft | None:
    """The draft, or what became of it, behind a link; None for a wrong link or one that has run out."""
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    alive = Q(application__isnull=False) | Q(expires_on__gte=today)
    drafts = ApplicationDraft.objects.filter(alive, token_hash=hash_of(token))
    return drafts.select_related(
        "application", "application__case", "application__membership", "application__handler"
    ).first()


def expired(today: date) -> QuerySet[ApplicationDraft]:
    """Drafts that were never sent and whose time is out."""
    return ApplicationDraft.objects.filter(application=None, expires_on__lt=today)


def open_applications() -> QuerySet[Application]:
    """Applications that still wait for something."""
    return Application.objects.exclude(state__in=_ENDED).exclude(_REFUSED)


def standing_of(org_nr: str) -> Standing:
    """Whether the organisation with this number, or the one that stands for it, may apply."""
    found = by_number(org_nr)
    if Membership.objects.exclude(state=State.ENDED).filter(organisation=found).exists():
        return Standing.MEMBER
    if open_applications().filter(organisation=found).exists():
        return Standing.APPLYING
    return Standing.FREE


def waiting_completion(application: Application) -> CompletionRequest | None:
    """The request for more facts that waits for an answer, if any."""
    return application.completions.filter(state=CompletionState.WAITING).first()
