"""How the latest control of a group's parent went, told on the page of those below it."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse

from pakten.accounts.policies import has_role
from pakten.checks import policies
from pakten.checks.models import Control
from pakten.checks.models.runs import RunState
from pakten.core.templatetags.formats import date_iso
from pakten.members.group_notes import Note
from pakten.organisations.models import Organisation
from vandel.model import Result


def note(request: HttpRequest, parent: Organisation) -> Note | None:
    """One sentence, for those who may see controls; also that a parent was never controlled."""
    if not has_role(request.user, *policies.SEE_CONTROL):
        return None
    found = Control.objects.filter(membership__organisation=parent, run__state=RunState.FINISHED)
    latest = found.order_by("-made_at").first()
    if latest is None:
        return Note(f"Moderorganisationen {parent} är inte kontrollerad för sig.", waits=True)
    words = (
        f"Moderorganisationen {parent} kontrollerades {date_iso(latest.made_at)}: "
        f"{latest.get_result_display().lower()}. Därför visas det här."
    )
    url = reverse("members:tab", args=[parent.public_id, "kontroll"])
    return Note(words, url, waits=latest.result in (Result.NOT_MET, Result.UNKNOWN))
