"""What stands today of the machine's proposals: each with a person's newest word, also of earlier visits."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pakten.visits.models import (
    BelongingJudgement,
    FoundStatement,
    StatementJudgement,
    StatementVerdict,
    Visit,
)
from pakten.visits.statement_words import Label, label_of


@dataclass(frozen=True, slots=True)
class Standing:
    """A statement, what its label means, the verdict that holds. ``carried``: given at an earlier visit."""

    statement: FoundStatement
    label: Label
    judgement: StatementJudgement | None
    carried: bool

    @property
    def waits(self) -> bool:
        """Whether a person must read it before the control says anything."""
        if self.judgement is None:
            return self.label.needs_person
        return self.judgement.verdict == StatementVerdict.CANNOT_TELL

    @property
    def is_deviation(self) -> bool:
        return self.judgement is not None and self.judgement.verdict == StatementVerdict.DEVIATION

    @property
    def is_rejected(self) -> bool:
        return self.judgement is not None and self.judgement.verdict == StatementVerdict.REJECTED


def standings(visit: Visit) -> list[Standing]:
    """The statements of a visit, heaviest first, in three queries at most."""
    return standings_of([visit]).get(visit.pk, [])


def standings_of(visits: Collection[Visit]) -> dict[int, list[Standing]]:
    """The statements of several visits, by visit."""
    rows = list(FoundStatement.objects.filter(visit__in=visits).select_related("page", "visit"))
    said = _newest_words({row.visit.organisation_id for row in rows}, {row.key for row in rows})
    found: dict[int, list[Standing]] = {}
    for row in rows:
        judgement = said.get((row.visit.organisation_id, row.key))
        carried = judgement is not None and judgement.statement.visit_id != row.visit_id
        found.setdefault(row.visit_id, []).append(Standing(row, label_of(row.label), judgement, carried))
    return found


def belongings_of(visits: Iterable[Visit]) -> dict[int, BelongingJudgement]:
    """A person's newest word on whose website each visit saw, given of the same address and signs."""
    asked = [visit for visit in visits if visit.is_read]
    rows = BelongingJudgement.objects.filter(
        visit__organisation__in={visit.organisation_id for visit in asked}
    ).select_related("visit", "by")
    said: dict[tuple[int, str], BelongingJudgement] = {}
    for row in rows.order_by("-pk"):
        said.setdefault((row.visit.organisation_id, row.visit.whose_key), row)
    return {visit.pk: word for visit in asked if (word := said.get((visit.organisation_id, visit.whose_key)))}


def _newest_words(organisation_ids: set[int], keys: set[str]) -> dict[tuple[int, str], StatementJudgement]:
    rows = StatementJudgement.objects.filter(
        statement__visit__organisation__in=organisation_ids, statement__key__in=keys
    ).select_related("statement__visit", "by")
    said: dict[tuple[int, str], StatementJudgement] = {}
    for row in rows.order_by("-pk"):
        said.setdefault((row.statement.visit.organisation_id, row.statement.key), row)
    return said
