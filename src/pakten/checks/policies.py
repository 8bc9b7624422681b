"""Who may do what with lists, controls and likenesses. A board member never sees controls of persons."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from pakten.accounts.models import Role, User
from pakten.accounts.policies import STAFF, check_role
from pakten.checks.models import BasicControl, LikenessJudgement
from pakten.members.policies.applications import check_may_handle
from pakten.members.queries.conflicts import cases_about
from pakten.organisations.models import Organisation
from pakten.records.policies import check_no_conflict

RUN = (Role.CASE_OFFICER, Role.MANAGER)
JUDGE = (Role.CASE_OFFICER, Role.MANAGER)
SEE_CONTROL = (Role.CASE_OFFICER, Role.MANAGER, Role.AUDITOR)
TAKE_LISTS = (Role.CASE_OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
CONNECT = (Role.ADMINISTRATOR,)
SWITCH_LISTS = (Role.MANAGER,)
SEE_LISTS = STAFF


def check_judge(actor: User | None) -> User:
    """The person who judges. The engine has no user, so it is refused (``actor`` None: PermissionDenied)."""
    check_role(actor, *JUDGE)
    assert actor is not None
    return actor


def check_basic(actor: User | None, control: BasicControl) -> None:
    """Raise PermissionDenied unless ``actor`` may control this organisation; the engine may not."""
    if control.application is not None:
        check_may_handle(actor, control.application)
        return
    check_role(actor, *RUN)
    assert actor is not None
    check_no_conflict_about(actor, control.organisation)


def check_no_conflict_about(actor: User, organisation: Organisation) -> None:
    """Raise PermissionDenied where the actor has a conflict of interest in a case about the organisation."""
    check_no_conflict(actor, *cases_about(organisation))


def may_fill_in(actor: User, control: BasicControl) -> bool:
    """The same question, answered."""
    try:
        check_basic(actor, control)
    except PermissionDenied:
        return False
    return True


def may_confirm(judgement: LikenessJudgement, actor: User) -> bool:
    """Whether this person is a second one: never the one who proposed."""
    return judgement.by_id != actor.pk


def check_confirm(judgement: LikenessJudgement, actor: User | None) -> User:
    """Raise PermissionDenied unless ``actor`` may judge and is another than the one who proposed."""
    person = check_judge(actor)
    if not may_confirm(judgement, person):
        raise PermissionDenied("Du har själv gjort bedömningen. En annan person behöver bekräfta den.")
    return person
