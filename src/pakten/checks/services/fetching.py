"""Ordering a fetch: a job, so that no page waits for an issuer's server."""

from __future__ import annotations

from pakten.accounts.models import User
from pakten.accounts.policies import check_role
from pakten.checks import policies
from pakten.checks.queries.lists import ListLine
from pakten.checks.refusals import ChecksRefused
from pakten.jobs import services as jobs
from pakten.jobs.models import Job


def order_fetch(line: ListLine, *, actor: User) -> Job:
    """Order a fetch of the list; one under way is returned. Raises ChecksRefused without an address."""
    from pakten.checks.tasks import fetch_list  # the task calls the services, which order the task

    check_role(actor, *policies.TAKE_LISTS)
    if line.source.address is None:
        raise ChecksRefused("Listan har ingen adress att hämta från. Läs in en fil i stället.")
    return jobs.start(
        f"checks.fetch.{line.list_id}",
        f"Hämta {line.title}",
        actor=actor,
        task=fetch_list,
        arguments={"list_id": line.list_id, "actor_id": actor.pk},
        unique=True,
    )
