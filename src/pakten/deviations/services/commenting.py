"""What the organisation says of what was found: registered at once, whoever brings it (L-03, L-40)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from pakten.accounts.models import User
from pakten.audit.services import record as log
from pakten.deviations.models import Act, Came, Comment, Deviation, Hearing, HearingState, Level
from pakten.deviations.policies import check_hearing_transition, check_may_handle
from pakten.deviations.services.writing import hold_case, keep, words
from pakten.members.models import Application
from pakten.members.services.answering import check_files
from pakten.organisations.policies import check_speaks_for
from pakten.organisations.refusals import Refused
from pakten.organisations.services import update_versioned
from pakten.records.models import Record
from pakten.records.services import NewFile, Receipt, register_received

CONTENT = "Synpunkter på det vi såg i kontrollen"
NOTHING = "Skriv era synpunkter."


@dataclass(frozen=True, slots=True)
class Said:
    """What was written. ``submission`` is the form's own number: the same one again changes nothing.

    ``by`` is the name of who wrote it, where nobody is signed in.
    """

    text: str
    submission: UUID
    files: tuple[NewFile, ...] = ()
    by: str = ""


def comment_as_member(deviation: Deviation, said: Said, *, actor: User) -> Comment:
    """A contact of the organisation comments, signed in.

    Raises PermissionDenied for whoever is not its contact today, Refused for an empty text or for a
    deviation that the organisation does not see, RecordsRefused for a bad file.
    """
    check_speaks_for(actor, deviation.organisation)
    _check_seen(deviation)
    return _once(said, lambda: _receive(deviation, said, came=Came.OWN_FILE, actor=actor))


def comment_as_applicant(deviation: Deviation, application: Application, *, said: Said) -> Comment:
    """Whoever has the link of the application comments. Raises Refused, RecordsRefused."""
    if deviation.application_id != application.pk:
        raise Refused("Avvikelsen hör inte till ansökan.")
    _check_seen(deviation)
    return _once(said, lambda: _receive(deviation, said, came=Came.LINK, actor=None))


def register_comment(deviation: Deviation, said: Said, *, actor: User) -> Comment:
    """An officer registers what came by mail, by telephone or on paper.

    Raises PermissionDenied without the role or with a conflict of interest, Refused, RecordsRefused.
    """
    check_may_handle(actor, deviation.organisation)
    if deviation.case is None:
        raise Refused(
            "Bekräfta iakttagelsen, eller skriv till organisationen, innan du registrerar synpunkter."
        )
    return _once(said, lambda: _receive(deviation, said, came=Came.BY_HAND, actor=actor))


def _once(said: Said, receive: Callable[[], Comment]) -> Comment:
    if known := _known(said):
        return known
    try:
        return receive()
    except IntegrityError:
        # The same form arrived twice at the same moment, and the other one was first.
        if known := _known(said):
            return known
        raise


def _known(said: Said) -> Comment | None:
    return Comment.objects.filter(record__submission=said.submission).select_related("record__case").first()


@transaction.atomic
def _receive(deviation: Deviation, said: Said, *, came: Came, actor: User | None) -> Comment:
    text = words(said.text, missing=NOTHING)
    check_files(said.files)
    # The rows first: an officer may be at work on the deviation.
    hold_case(deviation)
    Deviation.objects.select_for_update(no_key=True).get(pk=deviation.pk)
    hearing = deviation.hearings.order_by("-pk").first()
    if hearing is not None and hearing.state != HearingState.COMMENTED:
        _answered(hearing)
    record = _register(deviation, said, actor=actor if came is Came.BY_HAND else None)
    comment = Comment.objects.create(
        deviation=deviation,
        hearing=hearing,
        text=text,
        came=came,
        by=actor,
        by_name=_named(deviation, said, actor=actor, came=came),
        record=record,
    )
    keep(
        deviation, Act.COMMENTED, by=actor if came is Came.BY_HAND else None, facts={"record": record.number}
    )
    log("deviations.comment.received", deviation, actor=actor, after={"record": record.number, "came": came})
    return comment


def _answered(hearing: Hearing) -> None:
    check_hearing_transition(hearing, HearingState.COMMENTED)
    update_versioned(hearing, hearing.version, state=HearingState.COMMENTED)


def _register(deviation: Deviation, said: Said, *, actor: User | None) -> Record:
    organisation = deviation.organisation
    receipt = Receipt(
        CONTENT,
        organisation.legal_name,
        from_person=organisation.sole_trader,
        submission=said.submission,
    )
    # The paper keeps what its sender wrote; what the pages show has no personal numbers.
    data = said.text.encode("utf-8", "replace")
    file = NewFile.of_bytes("synpunkter.txt", data, media_type="text/plain; charset=utf-8")
    return register_received(receipt, actor=actor, case=deviation.case, files=[file, *said.files])


def _named(deviation: Deviation, said: Said, *, actor: User | None, came: Came) -> str:
    name = str(actor) if actor is not None and came is not Came.BY_HAND else said.by
    return (words(name, missing="") or deviation.organisation.legal_name)[:200]


def _check_seen(deviation: Deviation) -> None:
    """Raise Refused for what the organisation has neither been told nor can see."""
    is_seen = deviation.confirmed_at is not None or deviation.hearings.exists()
    if not is_seen or (deviation.level == Level.OBSERVATION and not deviation.hearings.exists()):
        raise Refused("Det finns inget att lämna synpunkter på.")
