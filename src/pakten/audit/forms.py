"""The filter of the log."""

from __future__ import annotations

from typing import Any

from django import forms

from pakten.accounts.models import User
from pakten.audit.labels import AREAS
from pakten.audit.queries import Wanted, actors

_FIRST_YEAR, _LAST_YEAR = 2000, 2200


class LogFilter(forms.Form):
    """What to show of the log; ``object_type`` and ``object_id`` come from links."""

    words = forms.CharField(label="Gäller", required=False, max_length=100)
    area = forms.ChoiceField(label="Område", required=False, choices=[("", "Alla"), *AREAS.items()])
    actor = forms.ModelChoiceField(
        label="Vem", required=False, queryset=User.objects.none(), empty_label="Alla"
    )
    first_day = forms.DateField(label="Från", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label="Till", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    object_type = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    object_id = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actor = self.fields["actor"]
        assert isinstance(actor, forms.ModelChoiceField)
        actor.queryset = actors()
        for name in ("first_day", "last_day"):
            self.fields[name].error_messages["invalid"] = "Skriv datumet som 2026-11-21."
            self.fields[name].widget.format = "%Y-%m-%d"

    def clean(self) -> dict[str, Any]:
        """Days outside any log's life are refused: a database can't count with year 9999."""
        cleaned = self.cleaned_data
        for name in ("first_day", "last_day"):
            day = cleaned.get(name)
            if day and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
                self.add_error(name, f"Välj ett år från {_FIRST_YEAR} till {_LAST_YEAR}.")
        return cleaned

    def wanted(self) -> Wanted:
        """What the fields that are right ask for; call it after validation."""
        values = dict(self.cleaned_data)
        actor = values.pop("actor", None)
        return Wanted(**values, actor_id=actor.pk if actor else None)
