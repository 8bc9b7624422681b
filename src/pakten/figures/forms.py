"""Which day a figure is asked for."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone

from pakten.figures.spans import EARLIEST, LATEST


class DayForm(forms.Form):
    """The day in the address; what is no day, or one beyond the calendar, is today."""

    datum = forms.DateField(
        label="Till och med",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def day(self) -> date:
        """The day that is asked for."""
        self.is_valid()
        found = self.cleaned_data.get("datum")
        return found if found and EARLIEST <= found <= LATEST else timezone.localdate()


class FreezeForm(forms.Form):
    """Where the frozen figure is to be used."""

    reason = forms.CharField(
        label="Vad ska siffran användas till?",
        max_length=300,
        required=False,
        help_text="Till exempel ”svar på skrivelse den 22 mars”.",
    )
