"""The form that makes two records one: which is kept, and whose value stands where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from pakten.core.templatetags.formats import date_iso, orgnr
from pakten.organisations.models import Organisation
from pakten.organisations.services.merging import CHOSEN

ONE, OTHER = "one", "other"
_LABELS = {
    "legal_name": "Namn",
    "org_nr": "Organisationsnummer",
    "legal_form": "Organisationsform",
    "sector": "Sektor",
    "place": "Ort",
    "country": "Registreringsland",
    "website": "Webbplats",
    "email": "E-post",
    "phone": "Telefon",
    "address": "Postadress",
    "employees": "Antal anställda",
    "branch_code": "Bransch (SNI)",
    "description": "Beskrivning",
    "group_parent_id": "Moderorganisation",
}
_EMPTY = "Lämna tomt"


@dataclass(frozen=True, slots=True)
class Differing:
    """A column in which the two differ, as the form asks of it."""

    label: str
    field: BoundField


class ReasonForm(forms.Form):
    """Why; kept in the log."""

    reason = forms.CharField(
        label="Skäl",
        max_length=500,
        error_messages={"required": "Skriv varför."},
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MergeForm(ReasonForm):
    """``kept`` is the record that stands; each differing column is a choice between the two."""

    kept = forms.ChoiceField(
        label="Vilken post ska stå kvar?",
        widget=forms.RadioSelect,
        help_text="Den postens sida och adress fortsätter att gälla. Den andras adress leder dit.",
    )
    one_version = forms.IntegerField(widget=forms.HiddenInput)
    other_version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ("kept", "reason")

    def __init__(self, data: Any, *, one: Organisation, other: Organisation) -> None:
        super().__init__(data, initial={"one_version": one.version, "other_version": other.version})
        self._pair = {ONE: one, OTHER: other}
        kept = self.fields["kept"]
        assert isinstance(kept, forms.ChoiceField)
        kept.choices = [(side, f"{row.legal_name}{_since(row)}") for side, row in self._pair.items()]
        kept.initial = ONE
        for name in _differing(one, other):
            choices = [(side, _shown(row, name)) for side, row in self._pair.items()]
            first = ONE if getattr(one, name) not in (None, "") else OTHER
            self.fields[name] = forms.ChoiceField(
                label=_LABELS[name], widget=forms.RadioSelect, choices=choices, initial=first
            )

    def differing(self) -> list[Differing]:
        """The choices, in the order of the card."""
        return [Differing(_LABELS[name], self[name]) for name in CHOSEN if name in self.fields]

    def sides(self) -> tuple[str, str]:
        """The side that is kept, and the one that goes."""
        kept = self.cleaned_data["kept"]
        return kept, OTHER if kept == ONE else ONE

    def from_gone(self) -> frozenset[str]:
        """The columns where the value of the one that goes shall stand."""
        _kept, gone = self.sides()
        return frozenset(name for name in CHOSEN if self.cleaned_data.get(name) == gone)


def _differing(one: Organisation, other: Organisation) -> Iterator[str]:
    # The only number there is goes along by itself.
    numbered = one.org_nr and other.org_nr
    names = (name for name in CHOSEN if name != "org_nr" or numbered)
    return (name for name in names if getattr(one, name) != getattr(other, name))


def _shown(row: Organisation, name: str) -> str:
    if name == "org_nr":
        return orgnr(row.org_nr) or _EMPTY
    if name == "group_parent_id":
        return str(row.group_parent or _EMPTY)
    shown = getattr(row, f"get_{name}_display", None)
    text = str(shown() if shown else getattr(row, name))
    return (f"{text[:117]}…" if len(text) > 120 else text) or _EMPTY


def _since(row: Organisation) -> str:
    return f", i registret sedan {date_iso(row.created_at)}"
