"""Where allauth asks us: sentences, the log, limits, secrets, and whom an identity provider vouches for."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac

from pakten.accounts import secrets, services
from pakten.accounts.models import User
from pakten.accounts.policies import needs_second_factor
from pakten.accounts.queries import SECOND_FACTORS, factors_of
from pakten.accounts.tasks import send_code
from pakten.accounts.throttle import address_of
from pakten.audit.redaction import without_personal_numbers

THROTTLED = "Du har försökt för många gånger. Vänta fem minuter och försök igen."
WRONG_CODE = "Koden stämmer inte. Kontrollera siffrorna, eller vänta på nästa kod."
CLOSED = "Kontot är avstängt. Kontakta administratören."
# Seconds after a sign-in within which changing how one signs in needs no password again.
FRESH = 300


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Passwords, codes by e-mail, signing in and out."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Användarnamnet eller lösenordet stämmer inte. "
        "Kontrollera stora och små bokstäver.",
        "too_many_login_attempts": THROTTLED,
        "rate_limited": THROTTLED,
        "incorrect_password": "Lösenordet stämmer inte.",
        "incorrect_code": WRONG_CODE,
        "account_inactive": CLOSED,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account for themselves here."""
        return False

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Only sentences that we wrote: allauth's own templates of messages are not ours."""
        if message := kwargs.get("message"):
            messages.add_message(request, level, message)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A closed account gets the same answer as a wrong password."""
        user = super().authenticate(request, **credentials)
        if user is None or user.is_active:
            return user  # type: ignore[no-any-return]
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Called by allauth for a wrong name or password."""
        services.note_refused(credentials.get("username", ""), throttled=False)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt before the password is looked at."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            services.note_refused(credentials.get("username", ""), throttled=True)
            raise

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # By name and place, so that nobody can lock another person out from elsewhere.
        return f"{credentials.get('username', '').strip().casefold()}\n{address_of(request)}"

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that allauth's limits count by."""
        return address_of(request)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Open the session, under a new key, and write it to the log: both or neither."""
        with transaction.atomic():
            super().login(request, user)
            records = get_authentication_records(request, user)
            methods = [each.get("type") or each.get("provider") or each["method"] for each in records]
            services.note_signed_in(_ours(user), methods)

    def logout(self, request: HttpRequest) -> None:
        """End the session and write it to the log."""
        services.note_signed_out(_ours(request.user))
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        """After a key or an identity provider; a password gets another answer."""
        services.note_refused_step(_ours(user), "closed")
        messages.error(request, CLOSED)
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not right after a sign-in: whoever adds a first factor has just given the password."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < FRESH:
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def send_mail(self, template_prefix: str, *told: Any) -> None:
        """The code for signing in; sent by the worker, so that known and unknown addresses take as long."""
        if template_prefix != "account/email/login_code":
            raise ValueError(f"Pakten has no e-mail {template_prefix}")
        email, context = told
        send_code.enqueue(address=email, code=context["code"])


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors: their names and secrets, and who may be without."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "Du måste ha kvar minst ett sätt att bekräfta att det är du. "
        "Lägg till ett annat först.",
    }

    def encrypt(self, text: str) -> str:
        """Secrets are not readable in the database or its backups."""
        return secrets.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whoever must have a second factor keeps the last one."""
        user = authenticator.user
        left = [
            each for each in factors_of(user) if each.kind in SECOND_FACTORS and each.id != authenticator.pk
        ]
        return bool(left) or not needs_second_factor(user)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Any) -> str:
        """What a key is called when the person gave it no name."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"Nyckel {number}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        described: dict[str, str] = super().get_public_key_credential_rp_entity()
        return described | {"name": settings.MFA_TOTP_ISSUER}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        described: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return described | {"display_name": str(user)}

    def _get_user_identifier(self, user: AbstractBaseUser) -> str:
        return str(user.get_username())


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """People whom the city's identity providers send."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """An unknown person gets an account that opens nothing, so that somebody can give it a role."""
        return True

    def populate_user(self, request: HttpRequest, *told: Any) -> User:
        """Keep name and address; never a personal identity number, nor the rest of what was sent (L-33)."""
        sociallogin, data = told
        clean = {key: value for key, value in data.items() if without_personal_numbers(value) == value}
        user: User = super().populate_user(request, sociallogin, clean)
        account = sociallogin.account
        account.extra_data = {}
        if without_personal_numbers(account.uid) != account.uid:
            account.uid = salted_hmac("pakten.accounts.identity", account.uid, algorithm="sha256").hexdigest()
        sociallogin.email_addresses = []
        return user

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, **options: Any) -> User:
        """A first sign-in makes an account without role."""

        def save() -> User:
            return _ours(super(IdentityAdapter, self).save_user(request, sociallogin, **options))

        return services.add_from_identity(save, provider=sociallogin.account.provider)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **told: Any) -> None:
        """Cancelled, forged, replayed, or a provider that does not answer."""
        exception = told.get("exception")
        why = type(exception).__name__ if exception else str(told.get("error"))
        services.note_refused_identity(str(provider.sub_id), why)


def _ours(user: Any) -> User:
    if not isinstance(user, User):
        raise TypeError(f"Not an account of ours: {user!r}")
    return user
