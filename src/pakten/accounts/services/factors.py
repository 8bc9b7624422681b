"""A person's ways of signing in, and the sessions that they opened."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from pakten.accounts.models import User
from pakten.accounts.policies import check_keeps_accounts
from pakten.accounts.queries import Factor, factors_of
from pakten.audit.services import record


@transaction.atomic
def note_changes(user: User, before: Iterable[Factor]) -> None:
    """One entry for each way of signing in that came, went or was made anew since ``before``."""
    old, new = set(before), set(factors_of(user))
    renewed = {each.kind for each in new - old} & {each.kind for each in old - new} & {"recovery_codes"}
    for factor in sorted(old - new, key=str):
        if factor.kind not in renewed:
            record("accounts.factor.removed", user, actor=user, before=factor.told())
    for factor in sorted(new - old, key=str):
        action = "accounts.factor.renewed" if factor.kind in renewed else "accounts.factor.added"
        record(action, user, actor=user, after=factor.told())


@transaction.atomic
def remove_factors(user: User, *, actor: User, reason: str) -> None:
    """For somebody who lost phone and codes: take the second factor away and end all sessions.

    The person sets up a new one at the next sign-in.
    """
    check_keeps_accounts(actor, user)
    for factor in factors_of(user):
        record("accounts.factor.removed", user, actor=actor, before=factor.told(), reason=reason)
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()


@transaction.atomic
def close_other_sessions(user: User, current_key: str) -> int:
    """Sign the person out everywhere but here; the number of sessions that ended."""
    sessions = list(UserSession.objects.filter(user=user).exclude(session_key=current_key))
    for session in sessions:
        session.end()
    record("accounts.session.others_closed", user, actor=user, after={"sessions": len(sessions)})
    return len(sessions)
