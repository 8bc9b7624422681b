"""What a page asks of a request: who asks, which version they saw, which sending of a form it is."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest

from pakten.accounts.models import User
from pakten.core.row_numbers import row_number


def user_of(request: HttpRequest) -> User:
    """The person who is signed in; the view's declaration has seen to it that there is one."""
    assert isinstance(request.user, User)
    return request.user


def version_in(request: HttpRequest) -> int:
    """The version that the form showed; 0, which nothing has, for anything else."""
    return row_number(request.POST.get("version", ""))


def submission_in(request: HttpRequest) -> UUID:
    """The form's own number, by which sending it twice is sending it once; a new one where there is none."""
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return uuid4()
