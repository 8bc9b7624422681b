"""The visit to the website on the sheet: outcome, whose site, words as they stand there, archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pakten.core.templatetags.formats import plural
from pakten.organisations.models import Organisation
from pakten.sheets.gather.words import told, who
from pakten.sheets.values import StatementLine, VisitPart
from pakten.visits.models import BelongingJudgement, SeenItem, Visit
from pakten.visits.queries.standing import Standing, belongings_of, standings
from pakten.visits.queries.visits import visits_of


@dataclass(frozen=True, slots=True)
class SeenVisit:
    """The part of the sheet, and the latest moment that anything in it comes from."""

    part: VisitPart
    as_of: datetime


def visit_part(organisation: Organisation, *, until: datetime | None) -> SeenVisit | None:
    """The newest visit before ``until``, whatever came of it; None where nobody has looked."""
    rows = visits_of(organisation)
    visit = (rows.filter(at__lt=until) if until else rows).first()
    if visit is None or visit.at is None:
        return None
    belonging = belongings_of([visit]).get(visit.pk)
    shown = [one for one in standings(visit) if one.label.needs_person or one.judgement]
    aside = visit.statements.count() - len(shown)
    part = VisitPart(
        outcome=told(visit.reason),
        is_read=visit.is_read,
        site=_whose(visit, belonging),
        address=visit.address,
        at=visit.at,
        by=who(visit.ordered_by) if visit.by_person else "systemet",
        archive_sha256=visit.archive_sha256,
        statements=tuple(_statement(one) for one in shown) + _seen(visit),
        remarks=(_aside(aside),) if aside else (),
    )
    words = [one.judgement.at for one in shown if one.judgement]
    return SeenVisit(part, max([visit.at, *words, *([belonging.at] if belonging else [])]))


def _whose(visit: Visit, belonging: BelongingJudgement | None) -> str:
    if belonging is not None:
        verdict = belonging.get_verdict_display()
        return f"{verdict}, enligt {who(belonging.by)}. Skäl: {told(belonging.note)}"
    return f"{visit.whose}: {visit.get_whose_display()}" if visit.whose else ""


def _aside(number: int) -> str:
    return f"{plural(number, 'ställe till är läst,ställen till är lästa')} och kräver ingen bedömning."


def _statement(one: Standing) -> StatementLine:
    """The words as they stand on the page, and where they begin in its text."""
    judged = "Ingen har bedömt det."
    if one.judgement is not None:
        verdict = one.judgement.get_verdict_display()
        judged = f"{verdict}, {who(one.judgement.by)}: {told(one.judgement.note)}"
    where = f"{one.statement.page.url}, tecken {one.statement.start}"
    return StatementLine(one.label.words, told(one.statement.snippet), where, judged)


def _seen(visit: Visit) -> tuple[StatementLine, ...]:
    """What a person wrote down of a visit of their own."""
    return tuple(
        StatementLine(row.get_topic_display(), told(row.quotation), row.where, _answer(row))
        for row in visit.seen.all()
    )


def _answer(row: SeenItem) -> str:
    return f"{row.get_result_display()}. {told(row.note)}".strip()
