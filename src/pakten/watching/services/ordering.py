"""Ordering a self-test: a job, so that no page waits for it."""

from __future__ import annotations

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.jobs import services as jobs
from pakten.jobs.models import Job
from pakten.watching import policies

KIND = "watching.selftest"


def order_selftest(*, actor: User) -> Job:
    """Order one; one that is under way is returned. Raises PermissionDenied."""
    from pakten.watching.tasks import plant_and_look  # the task calls the services, which order the task

    check_role(actor, *policies.TEST)
    return jobs.start(KIND, "Självtest av kontrollen", actor=actor, task=plant_and_look, unique=True)
