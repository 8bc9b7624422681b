"""Who may steer a job, and when."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from pakten.accounts.models import Role, User
from pakten.accounts.policies import check_role, has_role
from pakten.jobs import files
from pakten.jobs.errors import JobRefused
from pakten.jobs.models import Job, State

READERS = (Role.CASE_OFFICER, Role.MANAGER, Role.DIRECTOR, Role.AUDITOR, Role.ADMINISTRATOR)
STEERERS = (Role.CASE_OFFICER, Role.MANAGER, Role.ADMINISTRATOR)
CLOCK_KEEPERS = (Role.ADMINISTRATOR,)


def may_steer(user: User, job: Job) -> bool:
    """A job is stopped or started again by the person who started it, a manager or an administrator."""
    if has_role(user, Role.MANAGER, Role.ADMINISTRATOR):
        return True
    return has_role(user, *STEERERS) and job.started_by_id == user.pk


def check_may_steer(user: User, job: Job) -> None:
    """Raise PermissionDenied with a sentence unless the user may stop or restart this job."""
    if not may_steer(user, job):
        raise PermissionDenied(
            "Bara den som startade jobbet, en chef eller en administratör kan göra det här."
        )


def can_restart(job: Job) -> bool:
    """Has the job ended without result, or fallen silent, and is the file still there that it reads?"""
    return _ended_badly(job) and not files.is_gone(job)


def _ended_badly(job: Job) -> bool:
    return job.state in {State.FAILED, State.STOPPED} or job.is_interrupted


def check_can_restart(job: Job) -> None:
    """Raise JobRefused with a sentence unless the job can be started again."""
    if _ended_badly(job) and files.is_gone(job):
        raise JobRefused("Filen finns inte kvar. Läs in den på nytt på sidan där den lämnades.")
    if not can_restart(job):
        raise JobRefused(f"Jobbet kan inte startas igen. Läge: {job.get_state_display().lower()}.")


def changed_meanwhile() -> JobRefused:
    """The refusal when someone else, or the worker, was first."""
    return JobRefused("Jobbet har hunnit ändra läge. Läs sidan igen.")


def may_switch(user: User) -> bool:
    return has_role(user, *CLOCK_KEEPERS)


def check_may_switch(user: User) -> None:
    """Raise PermissionDenied unless the user may switch times in the timetable on and off."""
    check_role(user, *CLOCK_KEEPERS)


def timetable_changed() -> JobRefused:
    """The refusal when somebody else switched the same time first."""
    return JobRefused("Någon annan har ändrat tidtabellen. Läs sidan igen.")
