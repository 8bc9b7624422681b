"""The tab ”Intyganden” of a member's page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from pakten.members.models import Membership
from pakten.members.policies.texts import may_campaign
from pakten.members.queries import campaigns, texts
from pakten.members.tabs import Tab


def pledges(request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """What the member has pledged, and what it has been asked."""
    organisation = membership.organisation
    given = list(texts.pledges_of(organisation))
    by_text = {pledge.text_id: pledge for pledge in reversed(given)}
    now = texts.texts_in_force(as_of=timezone.localdate()).values()
    return {
        "pledges": given,
        "now": [(text, by_text.get(text.pk)) for text in now],
        "questions": [(row, campaigns.reply_of(row)) for row in campaigns.questions_of(organisation)],
        "may_campaign": may_campaign(request.user),
    }


TAB = Tab(25, "intyganden", "Intyganden", "members/_pledges.html", pledges)
