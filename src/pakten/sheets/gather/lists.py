"""What the sanction lists gave: editions, who was compared, likenesses and judgements, what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from pakten.checks.models import (
    Act,
    Control,
    ControlResult,
    Likeness,
    LikenessJudgement,
    LikenessState,
    SubjectKind,
    Verdict,
)
from pakten.checks.results import Item, member_result
from pakten.checks.scope import scope_of
from pakten.checks.words import reason_in_words
from pakten.organisations.keys import NO_NAME, is_name
from pakten.sheets.gather.words import told, who
from pakten.sheets.values import ComparedLine, EditionLine, JudgementLine, LikenessLine
from vandel.model import Result

Stored = Sequence[Mapping[str, Any]]
_JUDGED = {
    Verdict.SAME: "Samma",
    Verdict.DIFFERENT: "En annan",
    Verdict.CANNOT_TELL: "Går inte att avgöra",
}
_ACTS = {Act.WITHDREW: "Tog tillbaka sin bedömning", Act.DECLINED: "Bekräftade inte bedömningen"}


def with_judgements(rows: QuerySet[Likeness]) -> list[Likeness]:
    """The likenesses with each step that people have taken, in the order in which they were found."""
    steps = LikenessJudgement.objects.select_related("by", "confirmed_by").order_by("at", "pk")
    return list(rows.order_by("pk").prefetch_related(Prefetch("judgements", queryset=steps)))


def edition_line(edition: Mapping[str, Any]) -> EditionLine:
    """A frozen edition as the run wrote it down."""
    return EditionLine(
        title=edition["title"],
        edition_id=edition["edition_id"],
        binds=edition["binds"],
        invented=bool(edition.get("invented")),
        entries=edition["entries"],
        published_on=edition["published_on"] or "",
        file_dated_at=edition["file_dated_at"] or "",
        fetched_at=edition["fetched_at"] or "",
        sha256=edition["sha256"],
    )


def compared_lines(items: Stored, likenesses: Iterable[Likeness]) -> tuple[ComparedLine, ...]:
    """Everybody whose name was compared, each once, with the heaviest result of the binding lists."""
    verdicts = {likeness.pk: likeness.verdict for likeness in likenesses}
    found: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for item in items:
        found.setdefault((item["kind"], item["name"]), []).append(item)
    return tuple(_compared(rows, verdicts) for rows in found.values())


def _compared(rows: Stored, verdicts: Mapping[int, str]) -> ComparedLine:
    result = member_result(
        [Item(row["binds"], Result(row["result"]), tuple(row["likenesses"])) for row in rows], verdicts
    )
    return ComparedLine(
        name=_named(rows[0]["name"]),
        kind=SubjectKind(rows[0]["kind"]).label,
        roles=tuple(rows[0]["roles"]),
        result=result.value,
        label=ControlResult(result.value).label,
    )


def likeness_line(likeness: Likeness) -> LikenessLine:
    """A likeness and its history. Birth dates and numbers of persons stay out: the judgement says enough."""
    return LikenessLine(
        subject=told(likeness.subject_name),
        subject_kind=SubjectKind(likeness.subject_kind).label,
        target=told(likeness.target_name),
        list_title=likeness.list_title,
        binds=likeness.binds,
        score=round(likeness.score, 2),
        standing=_standing(likeness),
        judgements=tuple(_step(step) for step in likeness.judgements.all()),
    )


def _standing(likeness: Likeness) -> str:
    if likeness.state == LikenessState.JUDGED:
        return _JUDGED[Verdict(likeness.verdict)]
    return str(LikenessState(likeness.state).label)


def _step(step: LikenessJudgement) -> JudgementLine:
    verdict = _JUDGED[Verdict(step.verdict)]
    judged = step.act == Act.JUDGED
    return JudgementLine(
        what=f"Bedömning: {verdict}" if judged else f"{_ACTS[Act(step.act)]} ({verdict})",
        reason=told(step.reason),
        by=who(step.by),
        at=step.at,
        second=who(step.confirmed_by) if step.confirmed_by else "",
        second_at=step.confirmed_at,
        waits=judged and step.needs_second and step.confirmed_at is None,
    )


def unchecked_lines(items: Stored) -> list[str]:
    """What could not be compared and why, each once; who is unknown to us comes last."""
    untold = [
        f"{_named(item['name'])} mot {item['list_title']}: {reason_in_words(dict(item))}"
        for item in items
        if item["result"] == ControlResult.UNKNOWN and not item["likenesses"]
    ]
    public = all(item["result"] == ControlResult.NOT_APPLICABLE for item in items)
    return [*dict.fromkeys(untold), *([] if public else [scope_of(items).sentence])]


def _named(name: str) -> str:
    return told(name) if is_name(name) else NO_NAME


def latest_word(likenesses: Iterable[Likeness], *, since: datetime) -> datetime:
    """The moment of the last judgement or confirmation, ``since`` where nobody has said anything after it."""
    steps = [step for likeness in likenesses for step in likeness.judgements.all()]
    moments = [moment for step in steps for moment in (step.at, step.confirmed_at) if moment]
    return max([since, *moments])


def not_compared(control: Control) -> int:
    """How many comparisons with binding lists could not be made."""
    items = (item for item in control.items if item["binds"] and not item["likenesses"])
    return sum(item["result"] == ControlResult.UNKNOWN for item in items)
