"""What the pages of applications ask of a request, and how a service's answer is told."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest

from pakten.letters.refusals import LettersRefused
from pakten.members.models import Application
from pakten.members.queries import applications as queries
from pakten.organisations.refusals import Refused
from pakten.records.policies import check_no_conflict
from pakten.records.refusals import RecordsRefused

REFUSALS = (Refused, RecordsRefused, LettersRefused)


def found_application(request: HttpRequest, public_id: str) -> Application:
    """The application in an address. Raises Http404; PermissionDenied for a conflict of interest (L-17)."""
    try:
        application = queries.application_of(public_id)
    except Application.DoesNotExist as error:
        raise Http404("Det finns ingen ansökan med den adressen.") from error
    check_no_conflict(request.user, application.case)
    return application


def act(request: HttpRequest, done: str, *, service: Callable[[], object]) -> bool:
    """Call the service and say in a message how it went."""
    try:
        service()
    except REFUSALS as refusal:
        messages.error(request, refusal.sentence)
        return False
    messages.success(request, done)
    return True


def carried_out(form: Form, service: Callable[[], object]) -> bool:
    """Call the service for a valid form; a refusal stands in the form, so that what was typed stays."""
    if not form.is_valid():
        return False
    try:
        service()
    except REFUSALS as refusal:
        form.add_error(None, refusal.sentence)
        return False
    return True
