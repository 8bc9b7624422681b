"""Reading people: their roles, their ways of signing in, their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from pakten.accounts.models import Role, SavedFilter, User
from pakten.accounts.policies import may_sign_in_by_mail

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


@dataclass(frozen=True)
class Factor:
    """One way of signing in: ``kind`` is totp, webauthn or recovery_codes."""

    id: int
    kind: str
    name: str
    added: datetime

    def told(self) -> dict[str, Any]:
        """What the log keeps: never a secret."""
        return {"kind": self.kind, "name": self.name}


def factors_of(user: User) -> list[Factor]:
    """The person's ways of signing in beside the password, oldest first."""
    return [_factor(each) for each in Authenticator.objects.filter(user=user).order_by("created_at")]


def last_used(user: User) -> dict[int, datetime | None]:
    """When each way of signing in was used last, by its id."""
    return dict(Authenticator.objects.filter(user=user).values_list("id", "last_used_at"))


def has_second_factor(request: HttpRequest, user: User) -> bool:
    """Has the person a second factor here, or signed in at a provider that asks for two?"""
    if Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists():
        return True
    trusted = {each["id"] for each in settings.IDENTITY_PROVIDERS if each.get("two_factors")}
    records = get_authentication_records(request, user)
    return any(each.get("method") == "socialaccount" and each.get("provider") in trusted for each in records)


def sessions_of(user: User) -> list[UserSession]:
    """The sessions that are open, latest first; those that have ended are cleared away."""
    found: list[UserSession] = UserSession.objects.purge_and_list(user)
    return sorted(found, key=lambda session: session.created_at, reverse=True)


def contact_with_address(email: str) -> User | None:
    """The one member contact, and nothing but that, who has this address."""
    found = User.objects.filter(email__iexact=email, is_active=True).prefetch_related("role_assignments")
    allowed = [user for user in found if may_sign_in_by_mail(user)]
    return allowed[0] if len(allowed) == 1 else None


def people(words: str = "", *, role: str = "", state: str = "") -> QuerySet[User]:
    """Accounts by last name; ``role`` is a role's value or ``none``, ``state`` open or closed."""
    second = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    found = User.objects.annotate(second_factor=Exists(second)).prefetch_related("role_assignments")
    if words:
        found = found.filter(
            Q(first_name__icontains=words)
            | Q(last_name__icontains=words)
            | Q(username__icontains=words)
            | Q(email__icontains=words)
        )
    if role == "none":
        found = found.filter(role_assignments=None)
    elif role in Role.values:
        found = found.filter(role_assignments__role=role)
    if state:
        found = found.filter(is_active=state == "open")
    return found.order_by("last_name", "first_name", "pk")


def saved_filters(user: User | AnonymousUser, page: str) -> QuerySet[SavedFilter]:
    """The filters of a list that the person sees, by name: the own ones and those that others share."""
    found = SavedFilter.objects.filter(page=page).select_related("owner")
    return found.filter(Q(owner=user.pk) | Q(shared=True)).order_by("name", "pk")


def _factor(authenticator: Authenticator) -> Factor:
    key = authenticator.type == Authenticator.Type.WEBAUTHN
    name = str(authenticator.wrap().name) if key else ""
    return Factor(authenticator.pk, str(authenticator.type), name, authenticator.created_at)


def recovery_codes(user: User) -> Authenticator | None:
    """What keeps the person's recovery codes, or None."""
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
