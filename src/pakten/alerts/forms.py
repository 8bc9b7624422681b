"""Forms of the inbox and of an alert's page: they read what was typed; services decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst

from pakten.accounts.models import User
from pakten.alerts.models import MOST_DAYS, Alert, AlertKind, Outcome, answers_to
from pakten.alerts.queries.inbox import (
    FIRST,
    MINE,
    NO_LIKENESS,
    NOBODY,
    OTHERS,
    SECOND,
    TABS,
    TODO,
    InboxFilters,
)
from pakten.organisations.models import Sector

LONGEST = 10_000
_KINDS = [("", "Alla"), (NO_LIKENESS, "Allt utom namnlikheter"), *AlertKind.choices]
_DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
_TOO_LONG = {"max_length": "Texten är för lång. Skriv högst 10 000 tecken."}


class InboxFilterForm(forms.Form):
    """The filter of the inbox, as it stands in the address. What it doesn't know is passed over."""

    flik = forms.ChoiceField(choices=[(tab, tab) for tab in TABS], required=False, widget=forms.HiddenInput)
    sok = forms.CharField(label="Sök organisation", required=False, max_length=200)
    slag = forms.ChoiceField(label="Slag", required=False, choices=_KINDS)
    sektor = forms.ChoiceField(
        label="Sektor",
        required=False,
        choices=[("", "Alla"), *((value, capfirst(str(label))) for value, label in Sector.choices)],
    )
    vem = forms.ChoiceField(label="Vem har den?", required=False)
    sen = forms.BooleanField(label="Sena", required=False)
    resultat = forms.ChoiceField(label="Bedömning", required=False, choices=[("", "Alla"), *Outcome.choices])
    andra = forms.ChoiceField(
        label="Vad behövs?",
        required=False,
        choices=[("", "Alla"), (FIRST, "En första bedömning"), (SECOND, "Att en andra person bekräftar")],
    )
    kan = forms.BooleanField(label="Bara det som jag får bedöma", required=False)

    def __init__(self, data: Any, *, handlers: Iterable[User]) -> None:
        super().__init__(data)
        field = self.fields["vem"]
        assert isinstance(field, forms.ChoiceField)
        people = ((str(each.pk), str(each)) for each in handlers)
        field.choices = [("", "Alla"), (MINE, "Jag"), (NOBODY, "Ingen än"), (OTHERS, "Någon annan"), *people]

    def filters(self) -> InboxFilters:
        """What to list."""
        self.is_valid()
        found = self.cleaned_data
        return InboxFilters(
            tab=found.get("flik") or TODO,
            search=found.get("sok", ""),
            kind=found.get("slag", ""),
            sector=found.get("sektor", ""),
            who=found.get("vem", ""),
            late=bool(found.get("sen")),
            step=found.get("andra", ""),
            answerable=bool(found.get("kan")),
            outcome=found.get("resultat", ""),
        )


def _words(label: str, *, rows: int = 3, required: str = "", help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=LONGEST,
        help_text=help_text,
        error_messages={"required": required, **_TOO_LONG},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=_DATE,
        error_messages={
            "required": "Välj ett datum.",
            "invalid": "Skriv datumet som 2022-05-24.",
        },
    )


class AnswerForm(forms.Form):
    """How it is, and why."""

    prefix = "svar"
    use_required_attribute = False
    outcome = forms.ChoiceField(
        label="Hur är det?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur det är.", "invalid_choice": "Välj hur det är."},
    )
    reason = _words(
        "Skäl",
        required="Skriv varför du bedömer så. Skälet sparas tillsammans med bedömningen.",
        help_text="Vad har du sett, och var? Skälet sparas tillsammans med bedömningen.",
    )

    def __init__(self, *args: Any, alert: Alert, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(answer.value, str(Outcome(answer).label)) for answer in answers_to(alert.kind)]


class NeedForm(forms.Form):
    """What is needed to tell, from whom, by when."""

    prefix = "behov"
    use_required_attribute = False
    what = _words("Vad behövs?", rows=2, required="Skriv vad som behövs för att det ska gå att avgöra.")
    whom = forms.CharField(
        label="Från vem?",
        max_length=200,
        error_messages={"required": "Skriv från vem uppgiften ska komma."},
    )
    by = _day("Senast")


class SnoozeForm(forms.Form):
    """Until when it rests."""

    prefix = "paus"
    use_required_attribute = False
    until = _day("Till och med")
    reason = forms.CharField(label="Varför? (valfritt)", required=False, max_length=500)


class DueForm(forms.Form):
    """Another date, and why."""

    prefix = "datum"
    use_required_attribute = False
    due_on = _day("Nytt datum")
    reason = forms.CharField(
        label="Varför?",
        max_length=500,
        error_messages={"required": "Skriv varför datumet ändras. Skälet sparas."},
    )


class WordsForm(forms.Form):
    """Something in a person's own words."""

    use_required_attribute = False
    words = _words("Text", rows=2, required="Skriv något, så sparas det i historiken.")


class RuleForm(forms.Form):
    """What holds for alerts of one kind."""

    days = forms.IntegerField(
        label="Dagar",
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={
            "required": "Skriv ett antal dagar mellan 1 och 365.",
            "invalid": "Skriv ett antal dagar mellan 1 och 365.",
            "min_value": "Skriv ett antal dagar mellan 1 och 365.",
            "max_value": "Skriv ett antal dagar mellan 1 och 365.",
        },
    )
    needs_second = forms.BooleanField(label="Två personer", required=False)


class ShareForm(forms.Form):
    """How large a share of the controls without a finding a second person looks at."""

    share = forms.DecimalField(
        label="Andel i procent",
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=100,
        localize=True,
        error_messages={
            "required": "Skriv en andel mellan 0 och 100 procent.",
            "invalid": "Skriv en andel mellan 0 och 100 procent, till exempel 2,5.",
            "min_value": "Skriv en andel mellan 0 och 100 procent.",
            "max_value": "Skriv en andel mellan 0 och 100 procent.",
        },
    )
