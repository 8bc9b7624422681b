"""Requests to see a record: registered when they come, answered by a person after a harm test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.audit.services import record as log
from pakten.records.models import CaseState, HarmTest, Outcome, Record, RecordRequest, State
from pakten.records.policies import ANSWERERS, check_no_conflict
from pakten.records.refusals import RecordsRefused
from pakten.records.services.cases import begin_retention
from pakten.records.services.drafts import Paper, register_sent
from pakten.records.services.files import NewFile
from pakten.records.services.receiving import Receipt, register_received
from pakten.records.services.versions import update_versioned
from pakten.records.words import one_line, several_lines

SUBJECT = "Begäran om att få ta del av handling"
NOBODY_ASKED = "Frågas inte efter"
_ANSWERS = {
    Outcome.GIVEN: "Handlingen lämnades ut",
    Outcome.PARTLY: "Handlingen lämnades ut med delar dolda",
    Outcome.REFUSED: "Handlingen lämnades inte ut",
    Outcome.MISSING: "Handlingen finns inte hos oss",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see. There is no field for who (L-06)."""

    text: str
    email: str = ""
    submission: UUID | None = None


@transaction.atomic
def receive_request(asked: Asked) -> RecordRequest:
    """Register a request and put it in the registrar's queue. Raises RecordsRefused for an empty one."""
    if not asked.text.strip():
        raise RecordsRefused("Skriv vilken handling du vill se.")
    receipt = Receipt(
        short_content=SUBJECT,
        sender=NOBODY_ASKED,
        type_code="record_request",
        submission=asked.submission,
    )
    paper = NewFile.of_bytes(
        "begäran.txt", asked.text.encode("utf-8", "replace"), media_type="text/plain; charset=utf-8"
    )
    record = register_received(receipt, actor=None, files=[paper])
    made, new = RecordRequest.objects.get_or_create(
        record=record, defaults={"asked": several_lines(asked.text), "email": asked.email}
    )
    if new:
        log("records.request.received", record, actor=None)
    return made


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person decided. ``test`` is the harm test in words, ``records`` the papers that it concerned.

    ``provision`` is needed where something is not given; ``minutes`` is the time that it took.
    """

    outcome: Outcome
    test: str
    minutes: int
    records: tuple[Record, ...] = ()
    provision: str = ""

    def check(self) -> None:
        """Raise RecordsRefused, with one sentence, unless the answer is complete."""
        if self.outcome not in _ANSWERS:
            raise RecordsRefused("Välj vad svaret blev.")
        if not self.test.strip():
            raise RecordsRefused("Skriv hur du prövade om handlingen kunde lämnas ut.")
        if self.outcome in (Outcome.PARTLY, Outcome.REFUSED) and not self.provision.strip():
            raise RecordsRefused("Ange bestämmelsen som hindrar att allt lämnas ut, till exempel OSL 31:16.")
        if self.outcome != Outcome.MISSING and not self.records:
            raise RecordsRefused("Ange vilken handling svaret gäller, med dess nummer i diariet.")
        if any(record.state != State.RECORD for record in self.records):
            raise RecordsRefused("Svaret kan bara gälla registrerade handlingar som inte är gallrade.")


@transaction.atomic
def answer_request(
    request: RecordRequest,
    answer: Answer,
    *,
    actor: User,
    expected_version: int,
    files: Sequence[NewFile] = (),
) -> Record:
    """Store outcome, harm test and time used, register the answer as an outgoing paper, and end the case.

    Raises PermissionDenied, RecordsRefused for an incomplete answer or one too many, ChangedMeanwhile.
    """
    check_role(actor, *ANSWERERS)
    check_no_conflict(actor, request.record.case, *(record.case for record in answer.records))
    if request.outcome != Outcome.WAITING:
        raise RecordsRefused("Begäran är redan besvarad.")
    answer.check()
    update_versioned(
        request,
        expected_version,
        outcome=answer.outcome,
        note=several_lines(answer.test),
        minutes_used=answer.minutes,
        answered_at=timezone.now(),
        answered_by=actor,
    )
    _store_tests(request, answer, actor=actor)
    case = request.record.case
    paper = Paper(_ANSWERS[answer.outcome], "record_answer", recipient=NOBODY_ASKED)
    sent = register_sent(case, paper, actor=actor, files=files)
    _end(request)
    told = {"outcome": answer.outcome, "minutes": answer.minutes, "records": [str(r) for r in answer.records]}
    log("records.request.answered", request.record, actor=actor, after=told, reason=answer.provision)
    return sent


def _store_tests(request: RecordRequest, answer: Answer, *, actor: User) -> None:
    HarmTest.objects.bulk_create(
        HarmTest(
            request=request,
            record=record,
            outcome=answer.outcome,
            provision=one_line(answer.provision, 100),
            note=several_lines(answer.test),
            by=actor,
        )
        for record in answer.records or (None,)
    )


def _end(request: RecordRequest) -> None:
    case = request.record.case
    case.refresh_from_db()
    if case.state == CaseState.OPEN and not case.records.filter(state=State.DRAFT).exists():
        update_versioned(case, case.version, state=CaseState.CLOSED, closed_at=timezone.now())
        begin_retention(case)
