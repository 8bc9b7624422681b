"""Forms for groups and places of work."""

from __future__ import annotations

from typing import Any

from django import forms

from pakten.members.queries.groups import named
from pakten.organisations.models import Organisation


class _Sourced(forms.Form):
    source = forms.CharField(
        label="Varifrån kommer uppgiften?",
        max_length=200,
        help_text="Till exempel ”mejl från organisationen” eller ”Bolagsverkets register”.",
    )


class ParentForm(_Sourced):
    """The parent by its number or name; empty: there is none."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    parent = forms.CharField(
        label="Moderorganisation",
        max_length=300,
        required=False,
        help_text="Organisationsnummer eller namn, som i registret. Lämna tomt om det inte finns någon.",
    )
    field_order = ("parent", "source")

    def clean_parent(self) -> Organisation | None:
        words = self.cleaned_data["parent"].strip()
        if not words:
            return None
        found = named(words)
        if not found:
            raise forms.ValidationError("Ingen organisation i registret har det namnet eller numret.")
        if len(found) > 1:
            raise forms.ValidationError("Flera organisationer heter så. Skriv organisationsnumret.")
        return found[0]


class BranchForm(_Sourced):
    """A place of work."""

    name = forms.CharField(label="Namn", max_length=300)
    address = forms.CharField(label="Adress", max_length=300, required=False)
    place = forms.CharField(label="Ort", max_length=100, required=False)
    valid_from = forms.DateField(
        label="Från och med", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    field_order = ("name", "address", "place", "valid_from", "source")

    def facts(self) -> dict[str, Any]:
        """What was typed, without its source."""
        return {name: value for name, value in self.cleaned_data.items() if name != "source"}
