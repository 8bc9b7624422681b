"""The sign-in form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from pakten.accounts import services, throttle


class SignInForm(AuthenticationForm):
    """Username and password, with a brake on guessing and with sentences that don't tell which was wrong."""

    error_messages = {
        "invalid_login": "Användarnamnet eller lösenordet stämmer inte. Kontrollera stora och små bokstäver.",
        "inactive": "Kontot är avstängt. Kontakta administratören.",
        "throttled": "Du har försökt för många gånger. Vänta fem minuter och försök igen.",
    }
    request: HttpRequest

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Användarnamn"
        self.fields["username"].error_messages["required"] = "Fyll i ditt användarnamn."
        self.fields["password"].label = "Lösenord"
        self.fields["password"].error_messages["required"] = "Fyll i ditt lösenord."

    def clean(self) -> dict[str, Any]:
        """Count the attempt, then look at the password."""
        username = self.cleaned_data.get("username") or ""
        if not username or not self.cleaned_data.get("password"):
            return self.cleaned_data
        address = throttle.address_of(self.request)
        if not throttle.take(username, address):
            services.note_refused(username, throttled=True)
            raise forms.ValidationError(self.error_messages["throttled"], code="throttled")
        try:
            cleaned = super().clean()
        except forms.ValidationError:
            services.note_refused(username, throttled=False)
            raise
        throttle.forget(username, address)
        return cleaned
