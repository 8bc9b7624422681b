"""What a change asks of people: the member's check list is to be gone through again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from pakten.checks.basic.items import in_force
from pakten.checks.models import BasicControl, BasicState
from pakten.checks.queries.basic import expiring
from pakten.checks.services.basic_opening import open_control
from pakten.members.queries import active_memberships
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.watching.models import Cause, Recontrol, Watched
from pakten.watching.queries.due import due_to_order, not_met
from pakten.watching.queries.halts import check_running
from pakten.watching.services.calendar import reckon
from pakten.watching.services.hearing import keep
from pakten.watching.services.standing import chunks, follow
from pakten.watching.services.telling import KINDS, tell

# So many check lists are opened at once; the rest wait their turn, so that people are not drowned.
A_DAY = 25
DAILY = "Alla medlemmar tillfrågas en gång om dagen."


def after_recontrol(made: Recontrol, membership_ids: Sequence[int], *, reasons: Mapping[int, str]) -> None:
    """Ask people for those who were compared anew, where the cause is for people. Call in a transaction.

    ``reasons``: by organisation, what was told of it alone. That they are due is written here; the parts of
    why are reckoned afterwards, outside of the transaction.
    """
    if made.kind in KINDS:
        alike: dict[str, list[int]] = defaultdict(list)
        rows = Watched.objects.filter(membership__in=membership_ids)
        for membership_id, key in rows.values_list("membership_id", "membership__organisation_id"):
            alike[reasons[key]].append(membership_id)
        for because, mine in alike.items():
            _want(mine, because=because)
        tell(made, membership_ids, reasons=reasons)


def _want(membership_ids: Sequence[int], *, because: str) -> None:
    now = timezone.now()
    for keys in chunks(membership_ids):
        # What was asked for first is what is waited for; the newest reason is what is told.
        rows = Watched.objects.filter(membership__in=keys)
        rows.filter(wanted_since=None).update(wanted_since=now)
        rows.update(wanted_because=because)
        today = timezone.localdate(now)
        rows.filter(Q(next_on=None) | Q(next_on__gt=today)).update(next_on=today)


def look_around() -> None:
    """Have every member asked, whatever was announced: facts hold from or until a day, rules are renewed.

    Every step is a short transaction of its own, and bears being done again.
    """
    keep(Cause.DAILY, DAILY, organisation_ids=None)
    everybody = list(active_memberships().values_list("pk", flat=True))
    follow(everybody)
    reckon(everybody)
    _tell_of_time()


def meet_new() -> int:
    """Put those who are in no order yet there, due at once; how many.

    No control needs to have been made before, and the stop button holds nothing here: nobody is fetched,
    visited or compared.
    """
    new = list(not_met().values_list("pk", flat=True))
    follow(new)
    reckon(new)
    return len(new)


@transaction.atomic
def _tell_of_time() -> None:
    """What comes by itself with the days: evidence runs out, a check list's new version comes into force."""
    today = timezone.localdate()
    unasked = Watched.objects.filter(wanted_since=None)
    members = set(unasked.values_list("membership__organisation_id", flat=True))
    outdated = {item.control.organisation_id for item in expiring(today)} & members
    if outdated:
        announce(
            Change(ChangeKind.EVIDENCE, "Underlag i checklistan gäller inte längre.", frozenset(outdated))
        )
    version = in_force(today).version
    newest: dict[int, str] = dict(
        BasicControl.objects.filter(organisation__in=members, state=BasicState.DONE)
        .order_by("done_at", "pk")
        .values_list("organisation_id", "items_version")
    )
    older = {organisation for organisation, used in newest.items() if used != version}
    if older:
        because = f"Checklistan har en ny version, {version}."
        announce(Change(ChangeKind.REQUIREMENT, because, frozenset(older), {"version": version}))


def order_due() -> int:
    """Open the check lists that are due, the longest overdue first; how many. Raises Stopped."""
    check_running()
    opened = 0
    for row in due_to_order()[:A_DAY]:
        with transaction.atomic():
            words = next((part["words"] for part in row.parts), "Dags enligt intervallet")
            open_control(row.membership.organisation, because=f"Dags att gå igenom medlemmen. {words}.")
        opened += 1
    return opened


def may_order() -> bool:
    """Whether the clock is to open check lists; in a demonstration it doesn't: nobody has the websites."""
    return not settings.DEMO and due_to_order().exists()
