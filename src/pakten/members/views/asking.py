"""What the pages on structure ask of a request: who, and which record an address means."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from pakten.accounts.models import User
from pakten.organisations.models import Organisation


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; the view's ``@roles`` has seen to it that there is one."""
    assert isinstance(request.user, User)
    return request.user


def found_organisation(public_id: str) -> Organisation:
    """The record in an address, also one that was merged into another. Raises Http404."""
    found = Organisation.objects.select_related("merged_into", "group_parent")
    try:
        return found.get(public_id=public_id)
    except Organisation.DoesNotExist as error:
        raise Http404("Det finns ingen organisation med den adressen.") from error
