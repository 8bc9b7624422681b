"""A member's own file: where things stand, what waits for the organisation, and its papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.db.models import Exists, OuterRef, Q, QuerySet

from pakten.members.models import (
    Application,
    ApplicationState,
    CompletionRequest,
    CompletionState,
    Membership,
    Message,
    MessageKind,
    Pledge,
    State,
)
from pakten.members.own_pages import OwnTask, records_of, tasks_of
from pakten.members.queries.campaigns import OpenQuestion, open_questions
from pakten.members.queries.messages import open_questions_of, unread_by_organisation
from pakten.organisations.models import Organisation
from pakten.records.models import Direction, MarkState, Record, SecrecyMark, StoredFile
from pakten.records.models import State as RecordState

_ENDED = (ApplicationState.ACTIVE, ApplicationState.WITHDRAWN, ApplicationState.LAPSED)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an organisation stands today, and what it is asked for."""

    membership: Membership | None
    application: Application | None
    campaigns: tuple[OpenQuestion, ...]
    completions: tuple[CompletionRequest, ...]
    questions: tuple[Message, ...]
    unread: int
    leaving: Message | None
    tasks: tuple[OwnTask, ...] = ()

    @property
    def dates(self) -> list[tuple[date, str]]:
        """What is to be done by when, soonest first."""
        asked = [(each.campaign.answer_by, f"Svara på: {each.campaign.title}") for each in self.campaigns]
        asked += [(each.answer_by, "Komplettera er ansökan") for each in self.completions]
        asked += [(each.answer_by, each.title) for each in self.tasks]
        return sorted(asked)

    @property
    def something_to_do(self) -> bool:
        return bool(self.campaigns or self.completions or self.questions or self.unread or self.tasks)


def standing(organisation: Organisation) -> Standing:
    """All that the first page of the file shows."""
    applications = Application.objects.filter(organisation=organisation).exclude(state__in=_ENDED)
    return Standing(
        membership=latest_membership(organisation),
        application=applications.select_related("case").order_by("-pk").first(),
        campaigns=tuple(open_questions(organisation)),
        completions=tuple(open_completions(organisation)),
        questions=tuple(open_questions_of(organisation).select_related("record__case")),
        unread=unread_by_organisation(organisation).count(),
        leaving=_asked_to_leave(organisation),
        tasks=tasks_of(organisation),
    )


def _asked_to_leave(organisation: Organisation) -> Message | None:
    """The request to leave that nobody has settled."""
    asked = Message.objects.filter(organisation=organisation, kind=MessageKind.LEAVING, settled_at=None)
    return asked.order_by("-pk").first()


def latest_membership(organisation: Organisation) -> Membership | None:
    """The membership that lasts, else the newest that ended."""
    rows = Membership.objects.filter(organisation=organisation)
    return rows.exclude(state=State.ENDED).first() or rows.order_by("-pk").first()


def open_completions(organisation: Organisation) -> QuerySet[CompletionRequest]:
    """What the organisation's applications lack."""
    rows = CompletionRequest.objects.filter(
        application__organisation=organisation, state=CompletionState.WAITING
    )
    return rows.select_related("application", "application__case").order_by("answer_by")


def papers_of(organisation: Organisation) -> QuerySet[Record]:
    """The records that the organisation sent, or that were sent to it, latest first.

    Drafts, papers from or to somebody else in the same case, and papers with a secrecy mark that is proposed
    or in force are not among them.
    """
    marks = SecrecyMark.objects.filter(
        record=OuterRef("pk"), state__in=(MarkState.PROPOSED, MarkState.IN_FORCE)
    )
    applications = list(Application.objects.filter(organisation=organisation))
    to_it = Q(
        case__in=[each.case_id for each in applications],
        direction=Direction.OUT,
        sender_or_recipient__in=_called(organisation, applications),
    )
    found = Record.objects.filter(Q(pk__in=_own_records(organisation, applications)) | to_it)
    kept = found.filter(~Exists(marks), state=RecordState.RECORD)
    return (
        kept.select_related("case", "record_type")
        .prefetch_related("files")
        .order_by("-received_or_drawn_up_at", "-pk")
    )


def paper_file(organisation: Organisation, file_id: int) -> StoredFile:
    """A file of one of the organisation's papers. Raises StoredFile.DoesNotExist."""
    files = StoredFile.objects.filter(record__in=papers_of(organisation).order_by())
    return files.select_related("record", "record__case").get(pk=file_id)


def _own_records(organisation: Organisation, applications: list[Application]) -> set[int]:
    """Those that are tied to the organisation by more than the case that they lie in."""
    messages = Message.objects.filter(organisation=organisation).values_list("record_id", flat=True)
    pledges = Pledge.objects.filter(organisation=organisation).values_list("record_id", flat=True)
    completions = CompletionRequest.objects.filter(application__in=applications)
    asked = chain.from_iterable(completions.values_list("record_in_id", "record_out_id"))
    elsewhere = records_of(organisation)
    found = chain((each.record_id for each in applications), messages, pledges, asked, elsewhere)
    return {record for record in found if record is not None}


def _called(organisation: Organisation, applications: list[Application]) -> set[str]:
    """The names under which the organisation's letters are registered."""
    called = {organisation.legal_name}
    for each in applications:
        called |= {each.organisation_name, each.contact_name, each.contact_email}
    return called - {""}
