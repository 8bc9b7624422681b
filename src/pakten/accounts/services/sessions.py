"""What the log tells about signing in and out."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from pakten.accounts.models import User
from pakten.audit.services import record


@transaction.atomic
def note_signed_in(user: User, methods: Iterable[str]) -> None:
    """The user signed in, by these steps (``password``, ``totp``, ``code`` ...)."""
    record("accounts.session.opened", user, actor=user, after={"methods": list(methods)})


@transaction.atomic
def note_signed_out(user: User) -> None:
    """The user signed out."""
    record("accounts.session.closed", user, actor=user)


@transaction.atomic
def note_refused(username: str, *, throttled: bool) -> None:
    """A sign-in to an existing account failed.

    A name without account is not written: it may be a password typed in the wrong field.
    """
    if user := User.objects.filter(username__iexact=username.strip()).first():
        after = {"methods": ["password"], "throttled": throttled}
        record("accounts.session.refused", user, actor=None, after=after)


@transaction.atomic
def note_refused_step(user: User, method: str) -> None:
    """A code or a key was not the right one."""
    record("accounts.session.refused", user, actor=None, after={"methods": [method], "throttled": False})


@transaction.atomic
def note_refused_identity(provider: str, why: str) -> None:
    """An identity provider sent somebody whom we could not let in; who it was is not known."""
    record("accounts.session.refused", None, actor=None, after={"methods": [provider], "why": why})
