"""Who may write and publish what members pledge themselves to, and whether it may happen now."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AnonymousUser

from pakten.accounts.models import Role, User
from pakten.accounts.policies import STAFF, check_role, has_role
from pakten.members.models import (
    CAMPAIGN_TRANSITIONS,
    TEXT_TRANSITIONS,
    Campaign,
    CampaignState,
    PledgeText,
    TextState,
)
from pakten.organisations.refusals import Refused
from pakten.records.policies import check_no_conflict

TEXT_READERS = STAFF
DRAFTERS = (Role.CASE_OFFICER, Role.MANAGER)
PUBLISHERS = (Role.MANAGER, Role.DIRECTOR)
CAMPAIGNERS = (Role.CASE_OFFICER, Role.MANAGER)


def check_may_draft(user: User | None) -> None:
    """Raise PermissionDenied unless the user may write drafts of the texts."""
    check_role(user, *DRAFTERS)


def check_may_publish(user: User | None) -> None:
    """Raise PermissionDenied unless the user may put a text into force."""
    check_role(user, *PUBLISHERS)


def may_draft(user: User | AnonymousUser | None) -> bool:
    return has_role(user, *DRAFTERS)


def may_publish(user: User | AnonymousUser | None) -> bool:
    return has_role(user, *PUBLISHERS)


def may_campaign(user: User | AnonymousUser | None) -> bool:
    return has_role(user, *CAMPAIGNERS)


def check_may_campaign(user: User | None, campaign: Campaign | None = None) -> None:
    """Raise PermissionDenied unless the user may ask members to pledge themselves anew.

    Also with a conflict of interest in the case of the campaign, where there is one (L-17).
    """
    check_role(user, *CAMPAIGNERS)
    if campaign is not None and campaign.case is not None:
        check_no_conflict(user, campaign.case)


def check_text_transition(text: PledgeText, state: TextState) -> None:
    """Raise Refused unless the text may go from its state to ``state``."""
    now = TextState(text.state)
    if state not in TEXT_TRANSITIONS[now]:
        what = f"{str(text)[:1].upper()}{str(text)[1:]}"
        raise Refused(f"{what} är redan {now.label}. Gör ett nytt utkast om något ska ändras.")


def check_campaign_transition(campaign: Campaign, state: CampaignState) -> None:
    """Raise Refused unless the campaign may go from its state to ``state``."""
    now = CampaignState(campaign.state)
    if state not in CAMPAIGN_TRANSITIONS[now]:
        raise Refused(f"Omgången {now.label} redan." if now is state else f"Omgången är {now.label}.")


def check_first_day(valid_from: date, earlier: PledgeText | None, *, today: date) -> None:
    """Raise Refused unless a version may hold from that day; ``earlier`` is the last published one.

    A text never holds backwards in time. Only the very first may, since it was decided before it came here.
    """
    if not 2000 <= valid_from.year <= 2200:
        raise Refused("Kontrollera årtalet i den dag som texten gäller från.")
    if earlier is None:
        return
    if valid_from < today:
        raise Refused("Texten kan tidigast gälla från och med i dag. Välj en annan dag.")
    assert earlier.valid_from is not None
    if valid_from < earlier.valid_from:
        raise Refused(f"{earlier} gäller från {earlier.valid_from:%Y-%m-%d}. Välj den dagen eller en senare.")
