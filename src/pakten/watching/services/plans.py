"""Whom a change touches: every member in its scope is asked why it should be compared anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from pakten.checks.ground import ListsInForce
from pakten.checks.subjects import Member, member_of
from pakten.members.queries import active_memberships
from pakten.organisations.queries import subjects
from pakten.watching.models import Watched
from pakten.watching.services.differences import Differences
from pakten.watching.services.standing import chunks, measure_of
from vandel.evidence import digest_of_value
from vandel.lists import ListRefused

Tell = Callable[[int, int], None]

NEVER = "Medlemmen är inte kontrollerad tidigare."
FACTS = "Uppgifterna om medlemmen är inte de som jämfördes senast."
RULES = "Reglerna för jämförelsen, eller måttet på hur vanliga orden är, är nya."
NEAR = "En post som har kommit till, ändrats eller försvunnit kan röra medlemmen."
WORDS = "Ett nytt ord på listan ändrar hur ett av medlemmens namn läses."
NO_EARLIER = "Utgåvan som medlemmen jämfördes med går inte att läsa längre."


@dataclass(slots=True)
class Plan:
    """Who is to be compared anew, with the reasons in words, and who is not, by membership."""

    anew: dict[int, list[str]] = field(default_factory=dict)
    untouched: list[Watched] = field(default_factory=list)
    differences: list[dict[str, Any]] = field(default_factory=list)

    @property
    def looked_at(self) -> int:
        """How many members were asked about."""
        return len(self.anew) + len(self.untouched)


def plan(ground: ListsInForce, scope: Sequence[int], *, asked: Mapping[int, str], tell: Tell) -> Plan:
    """Ask each membership in ``scope``; organisations in ``asked`` are compared anew, each for its reason.

    ``tell`` gets done and total, and may raise to stop the work.
    """
    made, differences, measure = Plan(), Differences(ground), measure_of(ground)
    for watched, member in _each(scope, tell):
        organisation_id = watched.membership.organisation_id
        reasons = [asked[organisation_id]] if organisation_id in asked else []
        reasons += _own_reasons(watched, member, ground=ground, measure=measure)
        if not reasons:
            reasons = _by_difference(watched, member, differences=differences)
        if reasons:
            made.anew[watched.membership_id] = reasons
        else:
            made.untouched.append(watched)
    made.differences = [difference.told() for difference in differences.made]
    return made


def _each(scope: Sequence[int], tell: Tell) -> Iterator[tuple[Watched, Member]]:
    done = 0
    for chunk in chunks(scope):
        tell(done, len(scope))
        rows = Watched.objects.filter(membership__in=chunk).select_related("membership__organisation")
        known = subjects([row.membership.organisation_id for row in rows], as_of=timezone.localdate())
        for row in rows:
            yield row, member_of(known[row.membership.organisation_id])
        done += len(chunk)


def _own_reasons(watched: Watched, member: Member, *, ground: ListsInForce, measure: str) -> list[str]:
    """What makes an earlier control say nothing of today, whatever differs between editions."""
    if watched.control_id is None:
        return [NEVER]
    reasons = []
    if watched.measure != measure:
        reasons.append(RULES)
    if watched.inputs != digest_of_value(member.subject):
        reasons.append(FACTS)
    used = {entry["list_id"] for entry in (*ground.editions, *ground.gaps)}
    reasons += [
        f"Medlemmen är inte jämförd med {edition['title']}."
        for edition in ground.editions
        if edition["list_id"] not in watched.editions
    ]
    if set(watched.editions) - used:
        reasons.append("En lista som medlemmen jämfördes med används inte längre.")
    return reasons


def _by_difference(watched: Watched, member: Member, *, differences: Differences) -> list[str]:
    try:
        steps = differences.since(watched.editions)
    except ListRefused:
        return [NO_EARLIER]
    if any(step.touches(member, watched.membership.organisation_id) for step in steps):
        return [NEAR]
    return [WORDS] if steps and differences.reads_anew(member) else []


def active(organisation_ids: Collection[int] | None) -> list[int]:
    """The active memberships of these organisations, of all when None."""
    rows = active_memberships().order_by("pk").values_list("pk", "organisation_id")
    # Not asked by their keys: an import names more than one question to the database can hold.
    return [pk for pk, key in rows if organisation_ids is None or key in organisation_ids]
