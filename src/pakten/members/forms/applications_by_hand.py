"""The form for an application that came by e-mail or on paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from pakten.members.forms.apply import NO_NUMBER, WRONG_NUMBER
from pakten.members.forms.apply_fields import Line, no_personal_number
from pakten.members.models import Channel
from pakten.organisations.models import Sector
from pakten.records.forms import FilesField
from vandel.ids import orgnr

NO_MAIL = "E-postadressen ser inte rätt ut. Den ska ha formen namn@exempel.se."


class ByHandForm(forms.Form):
    """What the paper says; the paper itself goes with it as a file."""

    use_required_attribute = False
    submission = forms.UUIDField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(
        label="Hur kom den in?",
        choices=[(each.value, capfirst(str(each.label))) for each in (Channel.MAIL, Channel.PAPER)],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur ansökan kom in."},
    )
    received_on = forms.DateField(
        label="Kom in",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Skriv datumet som 2026-03-31.", "required": "Välj en dag."},
    )
    uploads = FilesField("Ansökan", help_text="Som fil, gärna PDF. Du kan välja flera.")
    sector = forms.ChoiceField(
        label="Sektor",
        choices=[(value, capfirst(str(label))) for value, label in Sector.choices],
        error_messages={"required": "Välj sektor."},
    )
    org_nr = forms.CharField(
        label="Organisationsnummer",
        max_length=40,
        help_text="Tio siffror, till exempel 212000-0142.",
        error_messages={"required": NO_NUMBER},
    )
    legal_name = Line("Organisationens namn", limit=300, missing="Fyll i organisationens namn.")
    legal_form = Line("Organisationsform", limit=100)
    place = Line("Ort", limit=100)
    website = forms.URLField(
        label="Webbplats",
        required=False,
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput,
        error_messages={"invalid": "Webbplatsen ser inte ut som en webbadress, till exempel www.exempel.se."},
    )
    contact_name = Line("Kontaktperson", limit=200, missing="Fyll i namnet på en kontaktperson.")
    contact_title = Line("Kontaktpersonens roll", limit=120)
    contact_email = forms.EmailField(
        label="Kontaktpersonens e-post",
        required=False,
        max_length=254,
        help_text="Utan adress skickar vi brev på papper.",
        error_messages={"invalid": NO_MAIL},
    )
    speaker_name = Line("Vem har intygat?", limit=200, missing="Fyll i vem som har intygat.")
    speaker_role = Line("Roll i organisationen", limit=120, missing="Fyll i vilken roll personen har.")
    pledged = forms.BooleanField(
        label="Ansökan innehåller ett intygande av nätverkets mål och stadens värdegrund som gäller nu",
        error_messages={"required": "Utan intygande kan ansökan inte registreras. Be organisationen om det."},
    )

    def clean_org_nr(self) -> str:
        """Ten digits with a right check digit."""
        number = orgnr.normalize(self.cleaned_data["org_nr"])
        if number is None:
            raise ValidationError(WRONG_NUMBER)
        return number

    def clean_legal_name(self) -> str:
        name: str = self.cleaned_data["legal_name"]
        no_personal_number(name)
        return name

    def clean(self) -> dict[str, Any]:
        """Only a company can have a person's number as its own."""
        found = super().clean() or {}
        number = found.get("org_nr")
        if number and orgnr.is_personal(number) and found.get("sector") != Sector.PRIVATE:
            self.add_error("org_nr", "Det är ett personnummer. Bara ett företag kan ha det som nummer.")
        return found
