"""A fact of the application is taken over to the organisation's card, with the application as its source."""

from __future__ import annotations

from django.db import transaction

from pakten.accounts.models import User
from pakten.members.application_facts import differences
from pakten.members.models import Application
from pakten.members.policies import applications as policies
from pakten.organisations.facts import FactSource
from pakten.organisations.models import Organisation
from pakten.organisations.refusals import Refused
from pakten.organisations.services import change_organisation


@transaction.atomic
def adopt(
    application: Application, column: str, *, actor: User, expected_organisation_version: int
) -> Organisation:
    """Let the organisation's card say what the application said.

    Raises PermissionDenied, Refused where they don't differ or the fact can't stand, ChangedMeanwhile.
    """
    policies.check_may_handle(actor, application)
    organisation = Organisation.objects.get(pk=application.organisation_id)
    wanted = next((each for each in differences(application, organisation) if each.column == column), None)
    if wanted is None:
        raise Refused("Uppgiften är redan den som står i ansökan.")
    source = FactSource(f"Ansökan {application.record}", recorded_at=application.received_at)
    return change_organisation(
        organisation,
        {column: wanted.stated},
        actor=actor,
        source=source,
        expected_version=expected_organisation_version,
    )
