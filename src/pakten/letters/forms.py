"""The filter of the list, and what is typed on a message's page."""

from __future__ import annotations

from django import forms

from pakten.letters.models import Channel, State
from pakten.letters.queries import Kind, Wanted


class OutboxFilter(forms.Form):
    """Which messages to show; an unknown value shows all."""

    state = forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla"), *State.choices])
    channel = forms.ChoiceField(label="Sätt", required=False, choices=[("", "Alla"), *Channel.choices])
    slag = forms.ChoiceField(
        label="Slag",
        required=False,
        choices=[
            (Kind.USUAL.value, "Utom det som gått till många"),
            (Kind.ALL.value, "Alla"),
            (Kind.MASS.value, "Bara det som gått till många"),
        ],
    )
    amne = forms.CharField(required=False, max_length=200, strip=False, widget=forms.HiddenInput)

    def wanted(self) -> Wanted:
        """What to list: what is valid counts, whatever else the address says."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(
            found.get("state", ""),
            found.get("channel", ""),
            Kind(found.get("slag", "")),
            found.get("amne", ""),
        )


class AddressForm(forms.Form):
    """Another address. The service judges it, so that page and service can't disagree."""

    address = forms.CharField(
        label="Ny e-postadress",
        max_length=254,
        error_messages={"required": "Fyll i e-postadressen.", "max_length": "Adressen är för lång."},
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off", "spellcheck": "false"}),
    )


class StopForm(forms.Form):
    """Why a message is not to be sent."""

    reason = forms.CharField(
        label="Varför ska det inte skickas?",
        max_length=500,
        error_messages={
            "required": "Skriv varför utskicket stoppas.",
            "max_length": "Skriv kortare, högst 500 tecken.",
        },
    )
