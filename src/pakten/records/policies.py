"""Who may do what in the diary, and whether it may happen now."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import F

from pakten.accounts.models import Role, User
from pakten.accounts.policies import STAFF, check_role, has_role
from pakten.records.models import (
    CASE_TRANSITIONS,
    MARK_TRANSITIONS,
    TRANSITIONS,
    Case,
    CaseState,
    Conflict,
    MarkState,
    Outcome,
    Record,
    RecordRequest,
    SecrecyMark,
    State,
)
from pakten.records.refusals import RecordsRefused

# The diary is open to all staff; the papers to those who work with cases, and to the auditor.
READERS = STAFF
WRITERS = (Role.CASE_OFFICER, Role.MANAGER, Role.REGISTRAR, Role.BOARD_SECRETARY)
# What is finished when it is made: the director decides too.
FINISHERS = (*WRITERS, Role.DIRECTOR)
FILE_READERS = (*WRITERS, Role.DIRECTOR, Role.AUDITOR)
REGISTRARS = (Role.REGISTRAR,)
ANSWERERS = (Role.REGISTRAR, Role.CASE_OFFICER, Role.MANAGER)
SERIES_KEEPERS = (Role.REGISTRAR, Role.ADMINISTRATOR)
# Who may say that somebody else has a conflict of interest, and lift one.
CONFLICT_KEEPERS = (Role.MANAGER, Role.DIRECTOR)
# A draft is seen by those who prepare cases, and by whoever wrote it.
DRAFT_READERS = (Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR)

OLD_DRAFT = timedelta(days=30)
LARGEST_FILE = 25_000_000
MOST_FILES = 20

Person = User | AnonymousUser | None


def may_write(user: Person) -> bool:
    return has_role(user, *WRITERS)


def check_may_write(user: User | None) -> None:
    """Raise PermissionDenied unless the user may register, open and close."""
    check_role(user, *WRITERS)


def check_may_register(user: User | None) -> None:
    """None is the system itself, which registers what people send in (L-03); a person needs the role."""
    if user is not None:
        check_may_write(user)


def keeps_conflicts(user: Person) -> bool:
    return has_role(user, *CONFLICT_KEEPERS)


def check_no_conflict(user: Person, *cases: Case) -> None:
    """Raise PermissionDenied where the user has a conflict of interest in any of the cases (L-17).

    None, the system itself, has none.
    """
    if not isinstance(user, User):
        return
    standing = Conflict.objects.filter(user=user, case__in=cases, lifted_at=None)
    if found := standing.select_related("case").first():
        own = found.declared_by_id == user.pk
        whose = "Du har anmält jäv" if own else "Det är anmält att du är jävig"
        raise PermissionDenied(
            f"{whose} i ärendet {found.case.registry_no}. Därför kan du inte se eller göra något där."
        )


def check_may_declare_conflict(actor: User, user: User) -> None:
    """Raise PermissionDenied unless it is the actor's own conflict, or the actor keeps others'."""
    check_role(actor, *(READERS if actor.pk == user.pk else CONFLICT_KEEPERS))


def check_may_lift_conflict(actor: User, conflict: Conflict) -> None:
    """Raise PermissionDenied unless the actor keeps conflicts, and this one is somebody else's."""
    check_role(actor, *CONFLICT_KEEPERS)
    if actor.pk == conflict.user_id:
        raise PermissionDenied("Du kan inte häva ditt eget jäv. En annan chef kan göra det.")


def is_registrar(user: Person) -> bool:
    return has_role(user, *REGISTRARS)


def check_registrar(user: User | None) -> None:
    """Raise PermissionDenied unless the user may set numbers and marks, correct and dispose."""
    check_role(user, *REGISTRARS)


def may_read_files(user: Person) -> bool:
    return has_role(user, *FILE_READERS)


def may_see_draft(user: Person, record: Record) -> bool:
    """May this person see the draft's words and files?"""
    if has_role(user, *DRAFT_READERS):
        return True
    return isinstance(user, User) and may_write(user) and record.created_by_id == user.pk


def check_may_see(user: Person, record: Record) -> None:
    """Raise PermissionDenied for a conflict of interest, somebody else's draft, or one that was discarded."""
    check_no_conflict(user, record.case)
    if record.state == State.DISCARDED:
        raise PermissionDenied("Utkastet är rensat.")
    if record.state == State.DRAFT and not may_see_draft(user, record):
        raise PermissionDenied("Det här är ett utkast. Det kan bara de som bereder ärendet läsa.")


def check_may_change_draft(user: User | None, record: Record) -> None:
    """Raise PermissionDenied unless the user may change, finish or dispatch this draft."""
    check_may_write(user)
    check_may_see(user, record)


def check_may_send(user: User | None, case: Case) -> None:
    """None is the system itself, which sends what was ordered; a person needs the role and no conflict."""
    if user is not None:
        check_role(user, *FINISHERS)
        check_no_conflict(user, case)


def check_can_leave(record: Record) -> None:
    """Raise RecordsRefused for a paper that was discarded or disposed of, and can't be sent any more."""
    if record.state not in (State.DRAFT, State.RECORD):
        raise RecordsRefused("Handlingen är rensad eller gallrad och kan inte skickas.")


_STANDS: dict[State, str] = {
    State.DRAFT: "Det är ett utkast. Registrera det som handling först.",
    State.RECORD: "Handlingen är redan registrerad, så den är inget utkast längre.",
    State.DISCARDED: "Utkastet är rensat och kan inte användas mer.",
    State.DISPOSED: "Handlingen är redan gallrad.",
}


def check_transition(record: Record, state: State) -> None:
    """Raise RecordsRefused unless the paper may go from its state to ``state``."""
    now = State(record.state)
    if state not in TRANSITIONS[now]:
        raise RecordsRefused(_STANDS[now])


def check_case_transition(case: Case, state: CaseState) -> None:
    """Raise RecordsRefused unless the case may go from its state to ``state``."""
    if state not in CASE_TRANSITIONS[CaseState(case.state)]:
        raise RecordsRefused(f"{case} är redan {CaseState(case.state).label.lower()}.")


def check_can_close(case: Case) -> None:
    """Raise RecordsRefused while a request to see a record waits for its answer in the case."""
    if RecordRequest.objects.filter(record__case=case, outcome=Outcome.WAITING).exists():
        raise RecordsRefused("En begäran om handling väntar på svar. Svara på den först.")


def check_open(case: Case) -> None:
    """Raise RecordsRefused when the case is closed; it stays open until the caller's transaction ends."""
    # Written, not only read: somebody may be closing the case right now.
    still = Case.objects.filter(pk=case.pk, state=CaseState.OPEN)
    if not still.update(last_record_no=F("last_record_no")):
        raise RecordsRefused(f"{case} är avslutat. Öppna ärendet igen först.")


def check_can_show_party(record: Record) -> None:
    """Raise RecordsRefused for a paper that the one whom it concerns can't simply open: it must be tested."""
    standing = record.marks.filter(state__in=(MarkState.PROPOSED, MarkState.IN_FORCE))
    if record.state != State.RECORD or standing.exists():
        raise RecordsRefused("Handlingen måste prövas innan den lämnas ut. Skriv till oss och begär den.")


def check_mark_transition(mark: SecrecyMark, state: MarkState) -> None:
    """Raise RecordsRefused unless the mark may go from its state to ``state``."""
    now = MarkState(mark.state)
    if state not in MARK_TRANSITIONS[now]:
        raise RecordsRefused(f"Markeringen är redan {now.label.lower()}.")


def check_disposal(record: Record, today: date) -> None:
    """Raise RecordsRefused unless the record's time is out."""
    check_transition(record, State.DISPOSED)
    if record.retention_years is None:
        raise RecordsRefused(f"{record} ska bevaras och får inte gallras.")
    if record.dispose_after is None:
        raise RecordsRefused("Ärendet är inte avslutat. Tiden till gallring räknas från att det avslutas.")
    if record.dispose_after >= today:
        raise RecordsRefused(f"{record} får gallras tidigast efter {record.dispose_after:%Y-%m-%d}.")
