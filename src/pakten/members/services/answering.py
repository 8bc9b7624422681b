"""What an applicant does after sending: answers a request for more, comments, takes the application back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.decisions.services import fall_away
from pakten.members.applying.filetypes import ALLOWED, LARGEST, MOST, media_type
from pakten.members.applying.wording import COMMENT
from pakten.members.models import (
    Application,
    ApplicationState,
    CompletionRequest,
    CompletionState,
)
from pakten.members.policies.applications import check_application_transition
from pakten.members.queries.applications import waiting_decision
from pakten.members.services.application_states import hold_what_follows, move
from pakten.members.services.applications_effects import close
from pakten.members.services.applications_handling import hold
from pakten.members.services.applying import post_quietly
from pakten.organisations.policies import check_speaks_for
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.models import Record
from pakten.records.services import NewFile, Receipt, register_received
from pakten.records.words import several_lines

NOTHING_SENT = "Skriv ett svar, eller välj minst en fil."


@transaction.atomic
def answer_completion(
    completion: CompletionRequest,
    text: str,
    *,
    files: Sequence[NewFile] = (),
    submission: UUID | None = None,
    actor: User | None = None,
) -> Record:
    """Register the answer in the application's case, and give the application back to the officer.

    ``actor`` None: whoever has the link. An answer that comes twice is one. Raises Refused for an empty one,
    a file that we don't take, or a request that no longer waits, and PermissionDenied for an ``actor`` who is
    no contact of the organisation.
    """
    if actor is not None:
        check_speaks_for(actor, completion.application.organisation)
    known = _sent_before(submission)
    if known is not None:
        return known
    application, held = _lock(completion.application), _waiting(completion)
    text = several_lines(text)
    if not text and not files:
        raise Refused(NOTHING_SENT)
    check_files(files)
    content = "Svar på begäran om komplettering"
    record = _register(
        application, text, content=content, code="completion", files=files, submission=submission
    )
    values = {"state": CompletionState.ANSWERED, "answered_at": timezone.now(), "answer": text}
    update_versioned(held, held.version, **values, record_in=record)
    after = {"state": CompletionState.ANSWERED, "record": record.number}
    log("members.completion.answered", held, actor=actor, after=after)
    if application.state == ApplicationState.AWAITING_COMPLETION:
        move(application, ApplicationState.REGISTERED, actor=actor, expected_version=application.version)
    return record


@transaction.atomic
def withdraw(application: Application, reason: str, *, submission: UUID | None = None) -> None:
    """Take the application back and end its case; no reason is needed. Raises Refused after the decision."""
    if _sent_before(submission) is not None:
        return
    held = _lock(application)
    check_application_transition(held, ApplicationState.WITHDRAWN)
    reason = several_lines(reason)
    words = f"Organisationen återkallar sin ansökan.\n\nSkäl: {reason or 'inget angivet'}"
    record = _register(held, words, content="Återkallelse av ansökan", submission=submission)
    if (decision := waiting_decision(held)) is not None:
        fall_away(decision, f"Organisationen återkallade sin ansökan, {record.number}", actor=None)
    waiting = held.completions.filter(state=CompletionState.WAITING).first()
    if waiting is not None:
        update_versioned(waiting, waiting.version, state=CompletionState.WITHDRAWN)
    move(
        held,
        ApplicationState.WITHDRAWN,
        actor=None,
        expected_version=held.version,
        reason=record.number,
        columns={"ended_reason": reason},
    )
    _confirm(held)
    close(held.case, reason="Ansökan är återkallad")


@transaction.atomic
def comment(
    application: Application, text: str, *, files: Sequence[NewFile] = (), submission: UUID | None = None
) -> Record:
    """Register what the applicant says of what was found (L-40). Raises Refused if empty."""
    known = _sent_before(submission)
    if known is not None:
        return known
    held = _lock(application)
    text = several_lines(text)
    if not text and not files:
        raise Refused(NOTHING_SENT)
    check_files(files)
    return _register(held, text, content=COMMENT, files=files, submission=submission)


def check_files(files: Sequence[NewFile]) -> None:
    """Raise Refused for too many files, and for one that is too large or of a kind that we don't take."""
    if len(files) > MOST:
        raise Refused(f"Det är för många filer. Välj högst {MOST}.")
    for file in files:
        if (file.content.size or 0) > LARGEST:
            raise Refused(f"Filen ”{file.name[:100]}” är för stor. Gränsen är {LARGEST // 1_000_000} MB.")
        if media_type(file.content) is None:
            raise Refused(f"Filen ”{file.name[:100]}” går inte att ta emot. Vi tar emot {ALLOWED}.")


def _register(
    application: Application,
    text: str,
    *,
    content: str,
    code: str = "incoming",
    files: Sequence[NewFile] = (),
    submission: UUID | None = None,
) -> Record:
    receipt = Receipt(
        short_content=content,
        sender=application.organisation_name,
        type_code=code,
        from_person=application.organisation.sole_trader,
        submission=submission,
    )
    words = (
        [NewFile.of_bytes("svar.txt", text.encode(), media_type="text/plain; charset=utf-8")] if text else []
    )
    return register_received(receipt, actor=None, case=application.case, files=[*words, *files])


def _confirm(application: Application) -> None:
    """Queue a few lines that say that it is taken back."""
    dnr = application.case.registry_no
    body = (
        f"Hej {application.contact_name}!\n\nVi har tagit emot er återkallelse och slutar arbeta med ansökan "
        f"från {application.organisation_name}. Ert ärendenummer är {dnr}.\n\nNi kan ansöka igen när ni vill."
    )
    post_quietly(application, f"Ansökan är återkallad, {dnr}", body=body)


def _sent_before(submission: UUID | None) -> Record | None:
    return Record.objects.filter(submission=submission).first() if submission else None


def _lock(application: Application) -> Application:
    """The row as it is now, held until the transaction ends with what follows from it.

    An officer may be at work on either, and the paper that is registered next holds up the log.
    """
    hold(application)
    hold_what_follows(application)
    return Application.objects.select_related("organisation", "case").get(pk=application.pk)


def _waiting(completion: CompletionRequest) -> CompletionRequest:
    held = CompletionRequest.objects.select_for_update(of=("self",)).get(pk=completion.pk)
    if held.state != CompletionState.WAITING:
        raise Refused("Frågan är redan besvarad, eller väntar inte längre på svar.")
    return held
