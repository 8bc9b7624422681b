"""Taking up what waits, in this process and without the clock."""

from __future__ import annotations

from pakten.checks.models import Likeness, LikenessState
from pakten.checks.queries.runs import latest_control
from pakten.members.models import Membership
from pakten.organisations.changes import Change, ChangeKind, announce
from pakten.watching.models import Recontrol
from pakten.watching.services.recontrols import recontrol

Standing = dict[int, tuple[str, frozenset[tuple[str, str, str, float]]]]


def told(kind: ChangeKind = ChangeKind.LIST, *members: Membership, because: str = "Prov.") -> None:
    """Announce a change, about these members or (none named) about whoever it touches."""
    ids = frozenset(member.organisation_id for member in members) or None
    announce(Change(kind, because, ids))


def take_up() -> Recontrol:
    """The re-control of what waits."""
    made = recontrol(None, tell=lambda _done, _total: None)
    assert made is not None, "something waits"
    return made


def standing() -> Standing:
    """How each member stands: the result, and each likeness with its score."""
    return {
        member.pk: (
            getattr(latest_control(member), "result", ""),
            frozenset(
                Likeness.objects.filter(organisation=member.organisation_id)
                .exclude(state=LikenessState.GONE)
                .values_list("subject_key", "list_id", "target_id", "score")
            ),
        )
        for member in Membership.objects.all()
    }
