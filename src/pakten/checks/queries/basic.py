"""Reads: the basic controls of an organisation, and how the comparison with the lists stands now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from pakten.accounts.models import User
from pakten.checks.ground import lists_in_force
from pakten.checks.models import BasicControl, BasicItem, BasicState, CheckResult, LikenessState
from pakten.checks.results import Item, member_result
from pakten.checks.scope import scope_of
from pakten.checks.subjects import member_of
from pakten.core.templatetags.formats import plural
from pakten.jobs.models import Job
from pakten.members.models import Application
from pakten.members.queries.conflicts import closed_organisations
from pakten.organisations.models import Organisation
from pakten.organisations.queries import subjects
from vandel.evidence import digest_of_value
from vandel.model import Result

# The kind of the job that holds one organisation against the lists; its arguments name the control.
LISTS_JOB = "checks.basic"
ENDED = "Jämförelsen med listorna avbröts innan den blev klar."

_AS_CHECK = {
    Result.MET: CheckResult.OK,
    Result.NOT_MET: CheckResult.DEVIATION,
    Result.UNKNOWN: CheckResult.COULD_NOT_CHECK,
    Result.NOT_APPLICABLE: CheckResult.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class ListsStanding:
    """What the lists say with today's judgements. ``waiting``: likenesses that a person has to judge.

    ``compared``: the titles of the lists that bind and were looked in; ``gaps``: why others were not.
    """

    result: CheckResult
    told: str
    waiting: int
    compared: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def note(self) -> str:
        """The whole of it as one text."""
        looked = f"Jämförd med {', '.join(self.compared)}." if self.compared else ""
        return " ".join(part for part in (looked, self.told, *(f"{gap}." for gap in self.gaps)) if part)


def basic_of(application: Application, *, state: BasicState | None = None) -> BasicControl | None:
    """The newest basic control of the application, of those in ``state``."""
    rows = BasicControl.objects.filter(application=application).select_related("done_by", "record__case")
    return (rows.filter(state=state) if state else rows).first()


def controls_of(organisation: Organisation) -> QuerySet[BasicControl]:
    """All controls of the organisation, as applicant and as member, newest first."""
    rows = BasicControl.objects.filter(organisation=organisation)
    return rows.select_related("organisation", "application", "case", "done_by", "record__case")


def latest_done(organisation: Organisation) -> BasicControl | None:
    """The newest control that is finished."""
    return controls_of(organisation).filter(state=BasicState.DONE).order_by("-done_at", "-pk").first()


def open_control(organisation: Organisation) -> BasicControl | None:
    """The control that is open: the applicant's, else the member's."""
    return controls_of(organisation).filter(state=BasicState.OPEN).first()


def open_controls(person: User) -> QuerySet[BasicControl]:
    """Members' check lists that wait for a person, oldest first; an applicant's waits on the application.

    None about organisations in whose cases the person has a conflict of interest (L-17).
    """
    rows = BasicControl.objects.filter(state=BasicState.OPEN, application=None)
    rows = rows.exclude(organisation__in=closed_organisations(person))
    return rows.select_related("organisation", "opened_by").order_by("opened_at", "pk")


def expiring(before: date) -> QuerySet[BasicItem]:
    """Items of each organisation's newest finished control whose evidence no longer holds on that day.

    Oldest first; an organisation with an open control is being looked at already, and is left out.
    """
    done = BasicControl.objects.filter(organisation=OuterRef("control__organisation"), state=BasicState.DONE)
    newest = done.order_by("-done_at", "-pk").values("pk")[:1]
    being = BasicControl.objects.filter(organisation=OuterRef("control__organisation"), state=BasicState.OPEN)
    rows = BasicItem.objects.filter(~Exists(being), control=Subquery(newest), expires_on__lt=before)
    return rows.select_related("control__organisation").order_by("expires_on", "pk")


def lists_standing(control: BasicControl) -> ListsStanding | None:
    """How the comparison stands; None while one is ordered or under way.

    A job that died without a word has compared nothing: that is *could not check*, not a wait for ever.
    """
    if control.lists_at is None and lists_under_way(control):
        return None
    likenesses = [each for each in control.likenesses.all() if each.binds]
    waiting = sum(each.state in (LikenessState.WAITING, LikenessState.PROPOSED) for each in likenesses)
    if fault := ENDED if control.lists_at is None else control.lists_fault:
        return ListsStanding(CheckResult.COULD_NOT_CHECK, fault, waiting)
    verdicts = {likeness.pk: likeness.verdict for likeness in likenesses}
    result = member_result(items_of(control.lists_items), verdicts)
    compared = tuple(edition["title"] for edition in control.lists_editions if edition["binds"])
    gaps = tuple(gap["why"] for gap in control.lists_gaps if gap["binds"])
    told = _told(control, len(likenesses), looked=bool(compared))
    return ListsStanding(_AS_CHECK[result], told, waiting, compared, gaps)


def lists_under_way(control: BasicControl) -> bool:
    """Whether a comparison waits for a worker or is with one that is alive."""
    job = Job.objects.filter(kind=LISTS_JOB, arguments__control_id=control.pk).first()
    return job is not None and job.is_active and not job.is_interrupted


def lists_overtaken(control: BasicControl) -> str:
    """Why the comparison no longer says how things are now, in a sentence; empty where it does."""
    if control.lists_at is None or control.lists_fault:
        return ""
    compared = {edition["list_id"]: edition["edition_id"] for edition in control.lists_editions}
    ground = lists_in_force()
    if compared != {edition["list_id"]: edition["edition_id"] for edition in ground.editions}:
        return "Listorna har ändrats sedan jämförelsen."
    organisation_id = control.organisation_id
    known = subjects([organisation_id], as_of=timezone.localdate())[organisation_id]
    asked = control.lists_receipt.get("engine", {}).get("inputs_sha256")
    if digest_of_value(member_of(known).subject) != asked:
        return "Uppgifterna om organisationen, personer eller ägare har ändrats sedan jämförelsen."
    return ""


def items_of(stored: list[dict[str, Any]]) -> list[Item]:
    """The stored comparisons as the values that the result is computed from."""
    return [Item(item["binds"], Result(item["result"]), tuple(item["likenesses"])) for item in stored]


def _told(control: BasicControl, likenesses: int, *, looked: bool) -> str:
    found = (
        f"{plural(likenesses, 'namnlikhet,namnlikheter')} är bedömda."
        if likenesses
        else "Inget namn liknar ett namn på listorna."
    )
    told = (found if looked else "", scope_of(control.lists_items).sentence)
    return " ".join(part for part in told if part)
