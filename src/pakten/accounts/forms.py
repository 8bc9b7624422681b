"""Signing in: password, and code by e-mail."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, LoginForm, ReauthenticateForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from django import forms
from django.contrib.auth.forms import SetPasswordForm

from pakten.accounts.adapters import THROTTLED
from pakten.accounts.queries import contact_with_address


def in_swedish(field: forms.Field, label: str, *, empty: str, hint: str = "") -> None:
    """Label, hint and error of a field that allauth made."""
    field.label, field.help_text = label, hint
    field.error_messages["required"] = empty
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):  # type: ignore[misc]
    """Username and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_swedish(self.fields["login"], "Användarnamn", empty="Fyll i ditt användarnamn.")
        in_swedish(self.fields["password"], "Lösenord", empty="Fyll i ditt lösenord.")


class PasswordAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_swedish(self.fields["password"], "Lösenord", empty="Fyll i ditt lösenord.")


class RequestCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """Where to send a code. The answer is the same whether we know the address or not."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_swedish(self.fields["email"], "E-postadress", empty="Fyll i din e-postadress.")
        self.fields["email"].error_messages["invalid"] = (
            "Skriv adressen på formen namn@exempel.se, utan mellanslag."
        )

    def clean_email(self) -> str:
        """Only a member's contact gets a code: staff have stronger keys."""
        email = str(self.cleaned_data["email"])
        if not ratelimit.consume(context.request, action="request_login_code", key=email.lower()):
            raise forms.ValidationError(THROTTLED, code="throttled")
        self._user = contact_with_address(email)
        return email


class MailedCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code from the e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_swedish(self.fields["code"], "Kod", empty="Fyll i koden från e-brevet.")


class ChoosePasswordForm(SetPasswordForm):  # type: ignore[type-arg]
    """A password of one's own, twice."""

    error_messages = {"password_mismatch": "Lösenorden är inte lika. Skriv samma två gånger."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "Minst tolv tecken. Flera ord efter varandra är lätta att minnas och svåra att gissa."
        in_swedish(self.fields["new_password1"], "Nytt lösenord", empty="Välj ett lösenord.", hint=hint)
        in_swedish(
            self.fields["new_password2"], "Samma lösenord igen", empty="Skriv lösenordet en gång till."
        )
