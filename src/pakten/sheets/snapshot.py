"""All that the workbook of a run tells, read in few queries: the same facts as stand on the sheets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery

from pakten.accounts.models import User
from pakten.checks.models import (
    BasicControl,
    BasicItem,
    BasicState,
    Control,
    ControlRun,
    Likeness,
    LikenessJudgement,
    LikenessState,
)
from pakten.checks.results import Item, item_result, member_result
from pakten.deviations.models import OPEN, Deviation, Level
from pakten.sheets.models import Sheet
from pakten.sheets.queries import controls_in, newest_in
from pakten.visits.models import Visit
from pakten.visits.queries.visits import latest_visits
from vandel.model import Result


@dataclass(frozen=True, slots=True)
class Counted:
    """Of one organisation: open deviations that a person has confirmed, and observations that wait."""

    deviations: int = 0
    observations: int = 0


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """One member of the run. ``verdicts``: the judgements that count, by likeness."""

    control: Control
    likenesses: list[Likeness]
    items: list[BasicItem]
    check_list: BasicControl | None
    visit: Visit | None
    counted: Counted
    sheet: Sheet | None

    @property
    def verdicts(self) -> dict[int, str]:
        return {likeness.pk: likeness.verdict for likeness in self.likenesses}

    @property
    def waiting(self) -> int:
        """Likenesses that wait for a first or a second person."""
        states = (LikenessState.WAITING, LikenessState.PROPOSED)
        return sum(likeness.state in states and likeness.binds for likeness in self.likenesses)

    def result_of_list(self, list_id: str) -> Result | None:
        """How the member stands against one list; None where it was not compared with it."""
        rows = [
            Item(True, Result(row["result"]), tuple(row["likenesses"]))
            for row in self.control.items
            if row["list_id"] == list_id
        ]
        return member_result(rows, self.verdicts) if rows else None

    def result_of_row(self, row: Mapping[str, Any]) -> Result:
        """How one comparison stands with today's judgements."""
        item = Item(row["binds"], Result(row["result"]), tuple(row["likenesses"]))
        return item_result(item, self.verdicts)


def members_of(run: ControlRun, user: User) -> list[MemberFacts]:
    """The members of the run whom the user may see, by name."""
    steps = LikenessJudgement.objects.select_related("by", "confirmed_by").order_by("at", "pk")
    alike = Likeness.objects.order_by("pk").prefetch_related(Prefetch("judgements", steps))
    rows = controls_in(run, user).defer("receipt").prefetch_related(Prefetch("likenesses", alike))
    controls = list(rows.order_by("membership__organisation__sort_key", "pk"))
    ids = [control.membership.organisation_id for control in controls]
    lists, visits, counted, sheets = _check_lists(ids), latest_visits(ids), _counted(ids), newest_in(run)
    return [
        MemberFacts(
            control=control,
            likenesses=list(control.likenesses.all()),
            items=list(found.items.all()) if (found := lists.get(key)) else [],
            check_list=found,
            visit=visits.get(key),
            counted=counted.get(key, Counted()),
            sheet=sheets.get(control.pk),
        )
        for control, key in zip(controls, ids, strict=True)
    ]


def _check_lists(organisation_ids: Collection[int]) -> dict[int, BasicControl]:
    """Each organisation's newest finished check list with its items."""
    done = BasicControl.objects.filter(organisation=OuterRef("organisation"), state=BasicState.DONE)
    newest = Subquery(done.order_by("-done_at", "-pk").values("pk")[:1])
    rows = BasicControl.objects.filter(organisation__in=organisation_ids, pk=newest)
    items = BasicItem.objects.select_related("checked_by")
    rows = rows.defer("lists_receipt", "lists_items").prefetch_related(Prefetch("items", items))
    return {row.organisation_id: row for row in rows}


def _counted(organisation_ids: Collection[int]) -> dict[int, Counted]:
    open_ones = Deviation.objects.filter(organisation__in=organisation_ids, level__in=OPEN).order_by()
    observed = Q(level=Level.OBSERVATION)
    rows = open_ones.values_list("organisation").annotate(
        confirmed=Count("pk", filter=~observed), waiting=Count("pk", filter=observed)
    )
    return {key: Counted(confirmed, waiting) for key, confirmed, waiting in rows}


def counts_by_sector(members: Collection[MemberFacts]) -> dict[str, Counter[str]]:
    """Members per result, by sector in words."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for member in members:
        sector = member.control.membership.organisation.get_sector_display()
        found[sector][member.control.result] += 1
    return dict(sorted(found.items()))


def counts_of_list(members: Collection[MemberFacts], list_id: str) -> Counter[str]:
    """Members per result against one list."""
    return Counter(found.value for member in members if (found := member.result_of_list(list_id)))


def counts_of_item(members: Collection[MemberFacts], slug: str) -> Counter[str]:
    """Organisations per result of one item of the check list."""
    return Counter(row.result for member in members for row in member.items if row.slug == slug)
