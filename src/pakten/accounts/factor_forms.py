"""The second step of signing in, and adding a second factor. What fails is written to the log."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal.auth import extract_user_from_response
from django import forms

from pakten.accounts import services
from pakten.accounts.forms import in_swedish
from pakten.accounts.models import User

_WRONG_KEY = "Nyckeln stämmer inte, eller så tog det för lång tid. Försök igen."
# What allauth and its library say of an answer that is forged, late, or not an answer at all.
_UNREADABLE = (forms.ValidationError, AttributeError, KeyError, TypeError, ValueError)
_CODE_HINT = "Sex siffror från appen, eller en av dina reservkoder."


class _CodeForm:
    """Code from the app, or a recovery code."""

    fields: dict[str, forms.Field]
    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_swedish(self.fields["code"], "Kod", empty="Fyll i koden.", hint=_CODE_HINT)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self) -> str:
        """The code, if it is right and not used before."""
        try:
            return str(super().clean_code())  # type: ignore[misc]
        except forms.ValidationError:
            services.note_refused_step(self.user, "totp")
            raise


class SecondStepForm(_CodeForm, AuthenticateForm):  # type: ignore[misc]
    """While signing in."""


class CodeAgainForm(_CodeForm, ReauthenticateForm):  # type: ignore[misc]
    """Once more, before something that matters."""


class _KeyForm:
    """The answer of a key."""

    user: User | None
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_swedish(self.fields["credential"], "Nyckel", empty=_WRONG_KEY)
        self.fields["credential"].error_messages["invalid"] = _WRONG_KEY

    def clean_credential(self) -> Authenticator:
        """The key that answered, if it is one of this person's."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except _UNREADABLE as error:
            if user := self.user or self._claimed():
                services.note_refused_step(user, "webauthn")
            raise forms.ValidationError(_WRONG_KEY, code="wrong_key") from error

    def _claimed(self) -> User | None:
        with suppress(*_UNREADABLE):
            found: User = extract_user_from_response(self.cleaned_data["credential"])
            return found
        return None


class SecondStepKeyForm(_KeyForm, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """While signing in, after the password."""


class KeyAgainForm(_KeyForm, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Once more, before something that matters."""


class KeySignInForm(_KeyForm, LoginWebAuthnForm):  # type: ignore[misc]
    """Signing in with the key alone."""


class AddAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code from an app, which proves that the app has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_swedish(self.fields["code"], "Kod från appen", empty="Fyll i koden som appen visar.")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey: it asks for a finger, a face or a PIN, so that it is enough on its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        hint = "Till exempel vilken telefon eller dator den finns i. Bara du ser namnet, och loggen."
        in_swedish(self.fields["name"], "Namn på nyckeln", empty="", hint=hint)
        in_swedish(self.fields["credential"], "Nyckel", empty=_WRONG_KEY)
        self.fields["credential"].error_messages["invalid"] = _WRONG_KEY

    def clean(self) -> dict[str, Any]:
        """As allauth does, and the person must have been verified by the key."""
        self.cleaned_data["passwordless"] = True
        try:
            return dict(super().clean())
        except _UNREADABLE as error:
            raise forms.ValidationError(_WRONG_KEY, code="wrong_key") from error
