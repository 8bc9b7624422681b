"""Reads: the basic controls of an application, and how the comparison with the lists stands now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pakten.checks.models import BasicControl, BasicState, CheckResult, LikenessState
from pakten.checks.results import Item, member_result
from pakten.checks.scope import scope_of
from pakten.core.templatetags.formats import plural
from pakten.members.models import Application
from vandel.model import Result

_AS_CHECK = {
    Result.MET: CheckResult.OK,
    Result.NOT_MET: CheckResult.DEVIATION,
    Result.UNKNOWN: CheckResult.COULD_NOT_CHECK,
    Result.NOT_APPLICABLE: CheckResult.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class ListsStanding:
    """What the lists say with today's judgements. ``waiting``: likenesses that a person has to judge."""

    result: CheckResult
    note: str
    waiting: int


def basic_of(application: Application, *, state: BasicState | None = None) -> BasicControl | None:
    """The newest basic control of the application, of those in ``state``."""
    rows = BasicControl.objects.filter(application=application).select_related("done_by", "record__case")
    return (rows.filter(state=state) if state else rows).first()


def lists_standing(control: BasicControl) -> ListsStanding | None:
    """How the comparison stands; None while it has not been made."""
    if control.lists_at is None:
        return None
    if control.lists_fault:
        return ListsStanding(CheckResult.COULD_NOT_CHECK, control.lists_fault, 0)
    likenesses = list(control.likenesses.filter(binds=True))
    verdicts = {likeness.pk: likeness.verdict for likeness in likenesses}
    result = member_result(items_of(control.lists_items), verdicts)
    waiting = sum(each.state in (LikenessState.WAITING, LikenessState.PROPOSED) for each in likenesses)
    return ListsStanding(_AS_CHECK[result], _note(control, len(likenesses)), waiting)


def items_of(stored: list[dict[str, Any]]) -> list[Item]:
    """The stored comparisons as the values that the result is computed from."""
    return [Item(item["binds"], Result(item["result"]), tuple(item["likenesses"])) for item in stored]


def _note(control: BasicControl, likenesses: int) -> str:
    titles = ", ".join(edition["title"] for edition in control.lists_editions if edition["binds"])
    looked = f"Jämförd med {titles}." if titles else ""
    gaps = " ".join(f"{gap['why']}." for gap in control.lists_gaps if gap["binds"])
    found = (
        f"{plural(likenesses, 'namnlikhet,namnlikheter')} är bedömda."
        if likenesses
        else "Inget namn liknar ett namn på listorna."
    )
    told = (looked, found if titles else "", scope_of(control.lists_items).sentence, gaps)
    return " ".join(part for part in told if part)
