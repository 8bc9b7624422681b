"""What staff see of deviations elsewhere: on members' and applications' pages, at home, in the diary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from pakten.accounts.asking import user_of
from pakten.accounts.models import User
from pakten.core.home import Place, Row, Section, Tone
from pakten.deviations import policies
from pakten.deviations.models import Deviation
from pakten.deviations.queries.blocking import blocked
from pakten.deviations.queries.counting import Waiting, waiting
from pakten.deviations.queries.deviations import of_organisation
from pakten.deviations.queries.origins import unnoted
from pakten.deviations.queries.waiting import Waits
from pakten.members.application_panels import Panel
from pakten.members.member_banners import Banner
from pakten.members.models import Application, Membership
from pakten.members.queries.conflicts import is_closed
from pakten.members.tabs import Tab
from pakten.organisations.models import Organisation
from pakten.records.hooks import CaseLink
from pakten.records.models import Case

# The label of the row on the home page, for many and for one, and how it asks for attention.
_ROWS: dict[Waits, tuple[str, str, Tone]] = {
    Waits.COMMENT_READ: (
        "avvikelser har fått synpunkter",
        "avvikelse har fått synpunkter",
        Tone.WAITS,
    ),
    Waits.FOLLOW_UP: ("avvikelser att följa upp", "avvikelse att följa upp", Tone.LATE),
    Waits.CONFIRMATION: ("iakttagelser att bekräfta", "iakttagelse att bekräfta", Tone.WAITS),
}


def member_tab(request: HttpRequest, membership: Membership) -> Mapping[str, Any]:
    """All deviations of the member, and what could become one."""
    return _about(request, membership.organisation) | {
        "new_url": reverse("deviations:new", args=[membership.organisation.public_id])
    }


def application_panel(request: HttpRequest, application: Application) -> Mapping[str, Any]:
    """The deviations of the applicant; left out where there are none and the reader makes none.

    What a deviation could rest on is in the control, on the same page.
    """
    found = _about(request, application.organisation, with_unnoted=False)
    if not found["found"] and not found["may_handle"]:
        return {"hidden": True}
    return found | {"new_url": reverse("deviations:new_of_application", args=[application.public_id])}


def member_banner(request: HttpRequest, membership: Membership) -> Banner | None:
    """That the member is blocked, whichever tab is open: everybody on the staff must know that."""
    found = blocked(membership.organisation).first()
    if found is None:
        return None
    reads = policies.may_read(request.user)
    return Banner(
        "stop",
        "Spärrad.",
        "Medlemmen kan inte föreslås för nätverkets särskilda ändamål. Medlemskapet består.",
        reverse("deviations:deviation", args=[found.public_id]) if reads else "",
        "Läs avvikelsen",
    )


def home(request: HttpRequest) -> Section | None:
    """What waits for officers; proposals wait for those who decide."""
    user = request.user
    if not isinstance(user, User) or not policies.may_read(user):
        return None
    wanted = list(_ROWS) if policies.may_handle(user) else []
    found = waiting([*wanted, Waits.DECISION], reader=user)
    rows = [_row(what, found[what]) for what in wanted]
    if policies.is_decider(user):
        rows.append(_proposals(found[Waits.DECISION]))
    return Section(Place.TODAY, tuple(rows)) if rows else None


def case_link(case: Case, user: User) -> CaseLink | None:
    """The way from the diary's case to its deviations."""
    if not policies.may_read(user):
        return None
    found = Deviation.objects.filter(case=case).order_by("-pk").first()
    if found is None:
        return None
    return CaseLink("Till avvikelsen", reverse("deviations:deviation", args=[found.public_id]))


def _about(request: HttpRequest, organisation: Organisation, *, with_unnoted: bool = True) -> dict[str, Any]:
    user = user_of(request)
    if is_closed(organisation, user):
        return {"closed": True, "found": [], "may_handle": False}
    may_handle = policies.may_handle(user)
    return {
        "found": list(of_organisation(organisation)),
        "may_handle": may_handle,
        "unnoted": unnoted(organisation) if may_handle and with_unnoted else [],
    }


def _row(what: Waits, found: Waiting) -> Row:
    many, one, tone = _ROWS[what]
    url = f"{reverse('deviations:list')}?vantar={what.value}"
    return Row(
        many, url, count=found.count, oldest=found.oldest, tone=tone if found.count else Tone.NONE, one=one
    )


def _proposals(found: Waiting) -> Row:
    return Row(
        "förslag om avvikelser att besluta",
        f"{reverse('deviations:list')}?vantar={Waits.DECISION.value}",
        count=found.count,
        oldest=found.oldest,
        tone=Tone.WAITS if found.count else Tone.NONE,
        one="förslag om en avvikelse att besluta",
    )


TAB = Tab(25, "avvikelser", "Avvikelser", "deviations/_tab.html", member_tab, policies.READERS)
PANEL = Panel(25, "avvikelser", "Avvikelser", "deviations/_tab.html", application_panel, policies.READERS)
