"""The form by which a conflict of interest is declared."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from pakten.accounts.models import User


class ConflictForm(forms.Form):
    """Who has the conflict, and why. Only those who keep conflicts choose who; others declare their own."""

    who = forms.ModelChoiceField(
        label="Vem är jävig?", queryset=User.objects.none(), empty_label=None, error_messages={
            "required": "Välj vem som är jävig.", "invalid_choice": "Välj någon i listan.",
        },
    )  # fmt: skip
    reason = forms.CharField(
        label="Vad består jävet i?",
        max_length=500,
        help_text="En mening räcker, till exempel: Min bror sitter i organisationens styrelse.",
        error_messages={"required": "Skriv med en mening vad jävet består i."},
    )

    def __init__(self, data: Any = None, *, user: User, people: QuerySet[User] | None) -> None:
        super().__init__(data, initial={"who": user.pk}, auto_id="conflict_%s")
        self.user = user
        if people is None:
            del self.fields["who"]
            return
        field = self.fields["who"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = people

    def chosen(self) -> User:
        """Who it is."""
        found: User = self.cleaned_data.get("who") or self.user
        return found
