"""Forms of the texts' pages: they read what was typed; services decide."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils import timezone

BAD_DATE = "Skriv datumet som 2026-11-21."


def day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    """A field for a day, typed or chosen."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    errors = {"invalid": BAD_DATE, "required": "Fyll i en dag."}
    return forms.DateField(
        label=label, required=required, widget=widget, help_text=help_text, error_messages=errors
    )


class WordsForm(forms.Form):
    """The words of a draft. ``version`` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="Rubrik", max_length=200, error_messages={"required": "Ge texten en rubrik."}
    )
    body = forms.CharField(
        label="Text",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 18}),
        error_messages={"required": "Skriv vad medlemmarna ska intyga."},
        help_text="En tom rad skiljer stycken. En rad som börjar med ”- ” blir en punkt i en lista.",
    )


class PublishForm(forms.Form):
    """From when the text holds, and what decided it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    valid_from = day("Gäller från och med")
    decided_by_paper = forms.CharField(
        label="Beslut",
        max_length=200,
        help_text="Ärendenummer och paragraf, till exempel ”AMN 2026/0012, § 4”.",
        error_messages={"required": "Ange beslutet bakom texten."},
    )


class AsOfForm(forms.Form):
    """The day that the public page shows; what can't be is passed over."""

    den = day("Visa texterna som de gällde", required=False)

    def chosen(self) -> date:
        """The day asked for, or today."""
        found: date | None = self.cleaned_data.get("den") if self.is_valid() else None
        return found if found and 1900 <= found.year <= 2200 else timezone.localdate()
