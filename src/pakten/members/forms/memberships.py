"""Forms of the member pages: they read what was typed; services decide."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst

from pakten.members.imports import values
from pakten.members.imports.fields import FIELDS
from pakten.members.models import CollectiveAgreement, State
from pakten.members.queries import MemberFilters, Sort
from pakten.organisations.facts import EDITABLE
from pakten.organisations.models import OwnerType, PersonRole, Sector
from pakten.organisations.refusals import Refused

# The list shows who is a member now; the ended ones are asked for by name.
CURRENT = (State.ACTIVE.value, State.DORMANT.value)
EVERYBODY = "alla"


def _capital(choices: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    """The choices as they stand alone in a menu: with a capital letter."""
    return [(str(value), capfirst(str(label))) for value, label in choices]


class MemberFilter(forms.Form):
    """The filter of the member list, as it stands in the address. What it doesn't know is passed over."""

    sok = forms.CharField(label="Sök namn", required=False, max_length=200)
    sektor = forms.ChoiceField(
        label="Sektor", required=False, choices=[("", "Alla"), *_capital(Sector.choices)]
    )
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "Aktiva och vilande"), *_capital(State.choices), (EVERYBODY, "Alla, även avslutade")],
    )
    ort = forms.ChoiceField(label="Ort", required=False)
    avtal = forms.ChoiceField(
        label="Kollektivavtal", required=False, choices=[("", "Alla"), *_capital(CollectiveAgreement.choices)]
    )
    inlagd = forms.DateField(
        label="Inlagd i registret från och med",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    utan_nummer = forms.BooleanField(label="Utan organisationsnummer", required=False)
    ej_intygat = forms.BooleanField(label="Har inte intygat texterna som gäller", required=False)

    def __init__(self, data: Any, *, places: list[str]) -> None:
        super().__init__(data)
        field = self.fields["ort"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Alla"), *((place, place) for place in places)]

    def filters(self, sort: str | None) -> MemberFilters:
        """What to list."""
        self.is_valid()
        found = self.cleaned_data
        status = found.get("status", "")
        return MemberFilters(
            search=found.get("sok", ""),
            sectors=_chosen(found.get("sektor")),
            states=() if status == EVERYBODY else _chosen(status) or CURRENT,
            places=_chosen(found.get("ort")),
            agreements=_chosen(found.get("avtal")),
            without_number=bool(found.get("utan_nummer")),
            not_pledged=bool(found.get("ej_intygat")),
            added_from=found.get("inlagd"),
            sort=Sort(sort) if sort in set(Sort) else Sort.NAME,
        )


class OrganisationForm(forms.Form):
    """The card of an organisation. ``version`` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    legal_name = forms.CharField(label="Namn", max_length=300)
    org_nr = forms.CharField(
        label="Organisationsnummer",
        max_length=20,
        required=False,
        help_text="Tio siffror, till exempel 212000-0142. Ett tomt fält ändrar inte numret.",
    )
    sector = forms.ChoiceField(label="Sektor", choices=_capital(Sector.choices))
    legal_form = forms.CharField(label="Organisationsform", max_length=100, required=False)
    place = forms.CharField(label="Ort", max_length=100, required=False)
    website = forms.CharField(label="Webbplats", max_length=500, required=False)
    email = forms.CharField(label="E-post", max_length=254, required=False)
    phone = forms.CharField(label="Telefon", max_length=50, required=False)
    description = forms.CharField(
        label="Beskrivning", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    source = forms.CharField(
        label="Varifrån kommer uppgifterna?",
        max_length=200,
        help_text="Till exempel ”mejl från organisationen” eller ”Bolagsverkets register”.",
    )

    def clean_org_nr(self) -> str:
        return _read(values.org_nr, self.cleaned_data["org_nr"])

    def clean_website(self) -> str:
        return _read(values.website, self.cleaned_data["website"])

    def changes(self) -> dict[str, str]:
        """The columns as they shall be; a number that was not typed stays as it is."""
        columns = {name: value for name, value in self.cleaned_data.items() if name in EDITABLE}
        return columns if columns["org_nr"] else {k: v for k, v in columns.items() if k != "org_nr"}


class MembershipForm(forms.Form):
    """What is known of a member's collective agreement. Its state is changed by decision, elsewhere."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    collective_agreement = forms.ChoiceField(
        label="Kollektivavtal", choices=_capital(CollectiveAgreement.choices)
    )
    reason = forms.CharField(label="Skäl", max_length=500)


class PersonForm(forms.Form):
    """A person with a role in the organisation."""

    name = forms.CharField(label="Namn", max_length=200)
    role = forms.ChoiceField(label="Roll", choices=_capital(PersonRole.choices))
    birth_date = forms.CharField(
        label="Födelsetid",
        max_length=10,
        required=False,
        help_text="År, år-månad eller år-månad-dag, till exempel 1961-02. Aldrig personnummer.",
    )
    source = forms.CharField(label="Varifrån kommer uppgiften?", max_length=200)


class StakeForm(forms.Form):
    """An owner's share of the organisation."""

    owner_type = forms.ChoiceField(label="Ägaren är", choices=_capital(OwnerType.choices))
    owner_name = forms.CharField(label="Ägarens namn", max_length=300)
    percentage = forms.DecimalField(
        label="Andel i procent",
        required=False,
        min_value=0,
        max_value=100,
        max_digits=7,
        decimal_places=4,
        localize=True,
        help_text="Lämna tomt om andelen inte är känd.",
    )
    owner_org_nr = forms.CharField(
        label="Ägarens organisationsnummer",
        max_length=20,
        required=False,
        help_text="Bara för organisationer.",
    )
    valid_from = forms.DateField(
        label="Från och med", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    source = forms.CharField(label="Varifrån kommer uppgiften?", max_length=200)

    def clean_owner_org_nr(self) -> str:
        return _read(values.org_nr, self.cleaned_data["owner_org_nr"])


class UploadForm(forms.Form):
    """The file with the member register."""

    file = forms.FileField(
        label="Medlemsregister",
        help_text="Excel (.xlsx, .xls) eller CSV, högst 20 000 rader. Filen sparas som den är.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.tsv,.txt"}),
    )


class MappingForm(forms.Form):
    """Which column holds what: one field for each thing that may be known of a member."""

    def __init__(self, data: Any, *, headers: list[str], initial: dict[str, str]) -> None:
        super().__init__(data, initial=initial)
        choices = [("", "Tas inte in"), *((header, header) for header in headers)]
        for spec in FIELDS.values():
            self.fields[spec.name] = forms.ChoiceField(
                label=spec.label, help_text=spec.hint, choices=choices, required=False
            )

    def mapping(self) -> dict[str, str]:
        """Field to header, for those that were chosen."""
        return {name: header for name, header in self.cleaned_data.items() if header}


def _read(reader: Callable[[str], str], cell: str) -> str:
    if values.is_blank(cell):
        return ""
    try:
        return reader(cell)
    except Refused as refusal:
        raise forms.ValidationError(refusal.sentence) from refusal


def _chosen(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
