"""What the diary's page of a case says of the application that the case is about."""

from __future__ import annotations

from django.urls import reverse

from pakten.accounts.models import User
from pakten.accounts.policies import has_role
from pakten.members.policies.applications import APPLICATION_READERS
from pakten.members.queries.applications import application_of_case
from pakten.records.hooks import CaseLink
from pakten.records.models import Case


def application_link(case: Case, user: User) -> CaseLink | None:
    """The way to the application, for those who may read it."""
    if not has_role(user, *APPLICATION_READERS):
        return None
    found = application_of_case(case.pk)
    if found is None:
        return None
    return CaseLink("Till ansökan", reverse("members:application", args=[found.public_id]))
