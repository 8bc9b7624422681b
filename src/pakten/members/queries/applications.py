"""Reads of applications. One query object serves inbox, export, counts and the home page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import OrderBy
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.core.row_numbers import row_number
from pakten.decisions.models import Decision
from pakten.decisions.models import State as DecisionState
from pakten.members.deadlines import Deadlines
from pakten.members.models import (
    Application,
    ApplicationOutcome,
    ApplicationState,
    CompletionRequest,
    CompletionState,
)
from pakten.members.working_days import add_working_days
from pakten.organisations.keys import search_key
from pakten.records.queries.conflicts import in_conflict

PAGE_SIZE = 50
SUBJECT = "members.application"
_S = ApplicationState


class Ball(StrEnum):
    """Who must do something next; it follows from the state, and for what is paused from the day."""

    UNTAKEN = "ingen"
    US = "vi"
    ORGANISATION = "organisationen"
    DECIDER = "beslutsfattare"
    SECOND = "andra_personen"
    AGAIN = "ta_upp"
    RESTING = "vilar"
    NOBODY = "klart"


BALL_WORDS = {
    Ball.UNTAKEN: "Ingen har tagit den",
    Ball.US: "Handläggaren",
    Ball.ORGANISATION: "Organisationen",
    Ball.DECIDER: "Den som beslutar",
    Ball.SECOND: "Den andra personen",
    Ball.AGAIN: "Vi, att ta upp igen",
    Ball.RESTING: "Vi, men den vilar till sin dag",
    Ball.NOBODY: "Ingen, den är klar",
}
OURS = (_S.RECEIVED, _S.REGISTERED, _S.IN_CONTROL, _S.CONTROL_DONE)
OPEN = (*OURS, _S.AWAITING_COMPLETION, _S.PROPOSED, _S.DECIDED)
PAUSED = Q(state=_S.NOTIFIED, outcome=ApplicationOutcome.PAUSE)


class Sort(StrEnum):
    """How the inbox may be ordered; a leading minus turns it round."""

    AGE = "kom_in"
    AGE_DESC = "-kom_in"
    DUE = "senast"
    DUE_DESC = "-senast"
    NAME = "namn"
    NAME_DESC = "-namn"
    STATE = "lage"
    STATE_DESC = "-lage"


_SORT_FIELDS = {
    Sort.AGE: "received_at",
    Sort.DUE: "due_on",
    Sort.NAME: "organisation__sort_key",
    Sort.STATE: "state_since",
}


@dataclass(frozen=True, slots=True)
class ApplicationFilters:
    """What to list; empty = no limit. Without ``states`` those that are open, with ``ended`` all.

    ``handler``: ``"none"``, or the id of a person. ``paused``: decided to wait.
    """

    search: str = ""
    states: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    handler: str = ""
    paused: bool = False
    late: bool = False
    deviating: bool = False
    ended: bool = False
    ball: str = ""
    sort: Sort = Sort.DUE


def applications() -> QuerySet[Application]:
    """All, with what a list shows: organisation, case, handler, and ``ball``."""
    waiting = Decision.objects.filter(
        subject_type=SUBJECT, subject_id=OuterRef("public_id"), state=DecisionState.AWAITING_SECOND
    )
    rows = Application.objects.select_related("organisation", "case", "handler")
    return rows.annotate(awaits_second=Exists(waiting)).annotate(ball=_ball())


def application_list(filters: ApplicationFilters) -> QuerySet[Application]:
    """The applications that ``filters`` describe, in its order."""
    rows = applications()
    for word in search_key(filters.search).split():
        named = Q(organisation__search_key__contains=word) | Q(search_key__contains=word)
        rows = rows.filter(named | Q(case__search_key__contains=word))
    if filters.paused:
        rows = rows.filter(PAUSED)
    elif filters.states:
        rows = rows.filter(state__in=filters.states).exclude(PAUSED)
    elif not filters.ended:
        rows = rows.filter(still_open())
    if filters.sectors:
        rows = rows.filter(sector__in=filters.sectors)
    if filters.handler:
        rows = rows.filter(handler=None if filters.handler == "none" else int(filters.handler))
    if filters.late:
        rows = rows.filter(late())
    if filters.deviating:
        rows = rows.filter(has_deviation=True)
    if filters.ball:
        annotated: dict[str, Any] = {"ball": filters.ball}
        rows = rows.filter(**annotated)
    return rows.order_by(*_ordering(filters.sort))


def still_open() -> Q:
    """What somebody has to do something with, now or on a later day."""
    return Q(state__in=OPEN) | PAUSED


def is_open(application: Application) -> bool:
    """Is this one of :func:`still_open`?"""
    return application.state in OPEN or application.is_paused


def late() -> Q:
    """Past the day on which the next step should have been taken. A pause whose day has come is not late."""
    return Q(state__in=OPEN, due_on__lt=timezone.localdate())


def application_of(public_id: str) -> Application:
    """The application in an address. Raises Application.DoesNotExist."""
    rows = applications().select_related(
        "organisation",
        "case",
        "case__series",
        "record__case",
        "handler",
        "controlled_by",
        "proposed_by",
        "membership",
        "decision",
        "decision__record__case",
        "goals_text",
        "values_text",
    )
    return rows.get(public_id=public_id)


def application_of_case(case_id: int) -> Application | None:
    """The application that the diary's case is about, or None."""
    return Application.objects.filter(case=case_id).order_by("-pk").first()


def by_public_ids(public_ids: list[str]) -> list[Application]:
    """These applications, in the order of their ids."""
    rows = Application.objects.select_related("case", "handler", "organisation")
    return list(rows.filter(public_id__in=public_ids).order_by("pk"))


def application_by_submission(submission: UUID) -> Application | None:
    """The application that was stored with this form, or None."""
    return Application.objects.filter(submission=submission).first()


def waiting_decision(application: Application) -> Decision | None:
    """The decision that waits for its second person, or None."""
    found = Decision.objects.filter(
        subject_type=SUBJECT, subject_id=application.public_id, state=DecisionState.AWAITING_SECOND
    )
    return found.select_related("decided_by", "prepared_by").first()


def returned_decision(application: Application) -> Decision | None:
    """The last decision that was sent back by a second person, or taken back, with the reason; or None."""
    states = (DecisionState.RETURNED, DecisionState.WITHDRAWN)
    found = Decision.objects.filter(subject_type=SUBJECT, subject_id=application.public_id, state__in=states)
    return found.select_related("second_by", "decided_by").order_by("-pk").first()


def number_paused() -> int:
    """How many are decided to wait."""
    return Application.objects.filter(PAUSED).count()


def counts_by_state() -> dict[ApplicationState, int]:
    """How many there are in each state, zero included."""
    found = dict(Application.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state.value, 0) for state in ApplicationState}


def home_counts(user: User) -> dict[str, Any]:
    """For each :class:`Ball` by name how many there are and since when the oldest waits.

    Also ``late``, and ``mine``: those that the user has taken and must do something with.
    """
    mine = Q(ball=Ball.US.value, handler=user)
    numbers: dict[str, Any] = {"late": Count("pk", filter=late()), "late_since": Min("due_on", filter=late())}
    numbers |= {"mine": Count("pk", filter=mine), "mine_since": Min("state_since", filter=mine)}
    for ball in Ball:
        numbers[ball.name] = Count("pk", filter=Q(ball=ball.value))
        numbers[f"{ball.name}_since"] = Min("state_since", filter=Q(ball=ball.value))
    return applications().filter(still_open()).aggregate(**numbers)


def closed_cases(user: User) -> set[int]:
    """The cases in which the user has a conflict of interest."""
    return set(in_conflict(user))


def handlers() -> QuerySet[User]:
    """Those who may be given an application, by name."""
    roles = (Role.CASE_OFFICER, Role.MANAGER)
    found = User.objects.filter(is_active=True, role_assignments__role__in=roles)
    return found.distinct().order_by("last_name", "first_name", "pk")


def handler(key: str) -> User | None:
    """The person with this key among those who may be given an application, or None."""
    return handlers().filter(pk=row_number(key)).first()


def completions_to_remind(limits: Deadlines) -> list[CompletionRequest]:
    """Requests whose day is near and that nobody was reminded of, oldest first."""
    near = add_working_days(timezone.localdate(), limits.reminder)
    return list(_waiting().filter(reminded_at=None, answer_by__lte=near))


def completions_out_of_time(limits: Deadlines) -> list[CompletionRequest]:
    """Requests whose day is over, and the days of grace too, oldest first."""
    last = add_working_days(timezone.localdate(), -limits.grace)
    return list(_waiting().filter(answer_by__lt=last))


def due_or_none(application: Application) -> date | None:
    """The day of the next step, where there is one."""
    return application.due_on if is_open(application) else None


def _waiting() -> QuerySet[CompletionRequest]:
    rows = CompletionRequest.objects.filter(
        state=CompletionState.WAITING, application__state=_S.AWAITING_COMPLETION
    )
    return rows.select_related(
        "application__case", "application__organisation", "application__handler"
    ).order_by("pk")


def _ball() -> Case:
    return Case(
        When(state__in=OURS, handler=None, then=Value(Ball.UNTAKEN.value)),
        When(state__in=OURS, then=Value(Ball.US.value)),
        When(state=_S.AWAITING_COMPLETION, then=Value(Ball.ORGANISATION.value)),
        When(awaits_second=True, then=Value(Ball.SECOND.value)),
        When(state=_S.PROPOSED, then=Value(Ball.DECIDER.value)),
        When(state=_S.DECIDED, then=Value(Ball.US.value)),
        When(PAUSED & Q(due_on__gt=timezone.localdate()), then=Value(Ball.RESTING.value)),
        When(PAUSED, then=Value(Ball.AGAIN.value)),
        default=Value(Ball.NOBODY.value),
        output_field=CharField(),
    )


def _ordering(sort: Sort) -> tuple[str | OrderBy, ...]:
    descending = sort.value.startswith("-")
    field = F(_SORT_FIELDS[Sort(sort.value.removeprefix("-"))])
    first = field.desc(nulls_last=True) if descending else field.asc(nulls_last=True)
    return (first, "received_at", "pk")
