"""The fields that this area's forms are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.text import capfirst

from pakten.core.missing import fill_in
from pakten.deviations.models import Seriousness
from pakten.records.forms import BAD_DATE

LONGEST = 10_000
TOO_LONG = "Texten är för lång. Skriv högst 10 000 tecken."
# A database can't count with the edges of the calendar.
_BAD_YEAR = "Kontrollera årtalet."
_NEAR = (
    MinValueValidator(date(1900, 1, 1), _BAD_YEAR),
    MaxValueValidator(date(2200, 12, 31), _BAD_YEAR),
)


def capital(choices: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    return [(str(value), capfirst(str(label))) for value, label in choices]


def _required(label: str) -> dict[str, str]:
    return {"required": fill_in(label), "max_length": TOO_LONG}


def words(label: str, *, rows: int = 4, **more: Any) -> forms.CharField:
    errors = _required(label) | more.pop("errors", {})
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=LONGEST, error_messages=errors, widget=widget, **more)


def line(label: str, limit: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=limit, error_messages=_required(label), **more)


def day(label: str, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    errors = {"invalid": BAD_DATE, "required": fill_in(label)}
    return forms.DateField(label=label, widget=widget, error_messages=errors, validators=_NEAR, **more)


def seriousness_field(**more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Hur allvarligt är det?",
        choices=capital(Seriousness.choices),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur allvarligt det är.", "invalid_choice": "Välj ett av svaren."},
        **more,
    )


def at_noon(day: date) -> datetime:
    """A day as a moment: now for today, else noon of that day."""
    if day == timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, time(12)))
