"""Forms by which a contact changes the organisation's card and the own details."""

from __future__ import annotations

from django import forms
from django.utils.text import capfirst

from pakten.members.imports import values
from pakten.organisations.models import Employees
from pakten.organisations.refusals import Refused


class OwnCardForm(forms.Form):
    """What the organisation changes itself. ``version`` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    website = forms.CharField(label="Webbplats", max_length=500, required=False)
    email = forms.CharField(label="Organisationens e-post", max_length=254, required=False)
    phone = forms.CharField(label="Organisationens telefon", max_length=50, required=False)
    address = forms.CharField(label="Postadress", max_length=300, required=False)
    employees = forms.ChoiceField(
        label="Antal anställda",
        required=False,
        choices=[
            ("", "Vill inte ange"),
            *((value, capfirst(str(label))) for value, label in Employees.choices),
        ],
    )
    description = forms.CharField(
        label="Vad gör organisationen?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_website(self) -> str:
        text: str = self.cleaned_data["website"]
        try:
            return "" if values.is_blank(text) else values.website(text)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class OwnContactForm(forms.Form):
    """A contact's own details. The e-mail address is what the person signs in by: the city changes it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Namn", max_length=200, error_messages={"required": "Fyll i ditt namn."})
    title = forms.CharField(label="Roll i organisationen", max_length=120, required=False)
    phone = forms.CharField(label="Telefon", max_length=50, required=False)
