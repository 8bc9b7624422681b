"""Which organisation or application an address means."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from pakten.members.models import Application
from pakten.members.queries import applications as queries
from pakten.organisations.models import Organisation
from pakten.records.policies import check_no_conflict


def found_organisation(public_id: str) -> Organisation:
    """The record in an address, also one that was merged into another. Raises Http404."""
    found = Organisation.objects.select_related("merged_into", "group_parent")
    try:
        return found.get(public_id=public_id)
    except Organisation.DoesNotExist as error:
        raise Http404("Det finns ingen organisation med den adressen.") from error


def found_application(request: HttpRequest, public_id: str) -> Application:
    """The application in an address. Raises Http404; PermissionDenied for a conflict of interest (L-17)."""
    try:
        application = queries.application_of(public_id)
    except Application.DoesNotExist as error:
        raise Http404("Det finns ingen ansökan med den adressen.") from error
    check_no_conflict(request.user, application.case)
    return application
