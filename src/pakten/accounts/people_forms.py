"""Accounts and roles, as an administrator fills them in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from pakten.accounts.models import Role, User
from pakten.accounts.services import NewPerson

_REASON = "Skriv varför. Skälet står kvar i loggen."


class _ReasonField(forms.CharField):
    def __init__(self, label: str = "Skäl") -> None:
        super().__init__(
            label=label,
            max_length=500,
            help_text="Till exempel ”ny handläggare från 1 mars, beslut av Cecilia”. Syns i loggen.",
            error_messages={"required": _REASON},
        )


class AccountFilter(forms.Form):
    """Which accounts to show."""

    sok = forms.CharField(label="Sök", required=False, widget=forms.SearchInput())
    roll = forms.ChoiceField(
        label="Roll", required=False, choices=[("", "Alla"), *Role.choices, ("none", "Ingen roll")]
    )
    status = forms.ChoiceField(
        label="Status", required=False, choices=[("", "Alla"), ("open", "Öppna"), ("closed", "Stängda")]
    )


class RolesForm(forms.Form):
    """The roles that somebody should have, and why."""

    roles = forms.MultipleChoiceField(
        label="Roller", choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = _ReasonField()

    def wanted(self) -> list[Role]:
        """The roles that were ticked."""
        return [Role(value) for value in self.cleaned_data["roles"]]


class ReasonForm(forms.Form):
    """Why something is done to an account; stands beside the form of roles, so its ids are its own."""

    reason = _ReasonField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "id_account_%s", **kwargs})


class NewPersonForm(RolesForm):
    """A new account."""

    field_order = ["first_name", "last_name", "title", "username", "email", "roles", "reason"]
    first_name = forms.CharField(
        label="Förnamn", max_length=150, error_messages={"required": "Fyll i förnamnet."}
    )
    last_name = forms.CharField(
        label="Efternamn", max_length=150, error_messages={"required": "Fyll i efternamnet."}
    )
    title = forms.CharField(label="Titel", max_length=120, required=False, help_text="Visas bredvid namnet.")
    username = forms.CharField(
        label="Användarnamn",
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        error_messages={"required": "Fyll i ett användarnamn."},
        help_text="Bokstäver, siffror och @ . + - _",
    )
    email = forms.EmailField(
        label="E-postadress",
        required=False,
        help_text="Krävs för en kontaktperson hos en medlem: koden för att logga in skickas dit.",
        error_messages={"invalid": "Skriv adressen på formen namn@exempel.se, utan mellanslag."},
    )

    def clean_username(self) -> str:
        """Two names that differ only in capital letters would be taken for each other."""
        username = str(self.cleaned_data["username"])
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError("Användarnamnet finns redan. Välj ett annat.")
        return username

    def person(self) -> NewPerson:
        """Whom the account is for."""
        names: dict[str, Any] = {
            key: self.cleaned_data[key] for key in ("username", "first_name", "last_name", "title", "email")
        }
        return NewPerson(**names)
