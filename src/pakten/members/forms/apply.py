"""The steps of the public application that all sectors share."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from pakten.members.forms.apply_fields import NO_MAIL, Line, StepForm, Words, choice, choices
from pakten.organisations.models import Employees, Sector
from vandel.ids import orgnr

NO_NUMBER = "Fyll i organisationsnumret. Det har tio siffror, till exempel 212000-0142."
WRONG_NUMBER = "Numret stämmer inte. Kontrollera att alla siffror är rätt."
NO_WEBSITE = "Webbplatsen ser inte ut som en webbadress, till exempel www.exempel.se."
KEPT_NUMBER = (
    "Ditt nummer är sparat och visas inte, eftersom det är ett personnummer. Skriv bara om det är fel."
)
HIDDEN_NUMBER = "Visas inte, eftersom det är ett personnummer"

SECTORS = (
    (Sector.PRIVATE.value, "Ett företag"),
    (Sector.CIVIL.value, "En förening, en stiftelse eller ett trossamfund"),
    (Sector.PUBLIC.value, "En kommun, en region eller en statlig myndighet"),
)
LEGAL_FORMS: dict[str, tuple[str, ...]] = {
    Sector.PRIVATE: (
        "aktiebolag",
        "enskild firma",
        "handelsbolag",
        "kommanditbolag",
        "ekonomisk förening",
        "bostadsrättsförening",
    ),
    Sector.CIVIL: ("ideell förening", "stiftelse", "registrerat trossamfund", "ekonomisk förening"),
    Sector.PUBLIC: ("kommun", "region", "statlig myndighet", "kommunalförbund"),
}
OTHER_FORM = "annan form"
# What the first digit usually tells (a hint, never proof).
FIRST_DIGIT: dict[str, tuple[str, str]] = {
    "2": (Sector.PUBLIC, "kommuner, regioner och myndigheter"),
    "5": (Sector.PRIVATE, "aktiebolag"),
    "7": ("", "ekonomiska föreningar"),
    "8": (Sector.CIVIL, "föreningar och stiftelser"),
    "9": (Sector.PRIVATE, "handelsbolag och kommanditbolag"),
}
WISHES = (
    ("jobs", "Erbjuda jobb"),
    ("trainee", "Ta emot praktikanter"),
    (
        "education",
        "Ta emot elever och studerande: APL (arbetsplatsförlagt lärande) eller LIA (lärande i arbete)",
    ),
    ("mentors", "Vara mentorer"),
    ("activities", "Ordna aktiviteter, till exempel språkcafé eller studiebesök"),
    ("meetings", "Komma på nätverkets möten"),
)


class SectorForm(forms.Form):
    """What kind of organisation it is: it decides what is asked."""

    sector = choice("Organisationen är", SECTORS, missing="Välj vad ni är.")


TEN_DIGITS = "Tio siffror, till exempel 212000-0142."
SOLE_TRADER = "Har du enskild firma skriver du ditt personnummer. Vi visar det inte på våra sidor."


class NumberForm(StepForm):
    """The organisation's number. A sole trader's is the person's own, and is never shown again."""

    org_nr = forms.CharField(
        label="Organisationsnummer",
        help_text=TEN_DIGITS,
        error_messages={"required": NO_NUMBER},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input-short"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.of.answers.get("nummer", {})
        if self.of.sector == Sector.PRIVATE:
            self.fields["org_nr"].help_text = f"{TEN_DIGITS} {SOLE_TRADER}"
        self.kept = str(stored["org_nr"]) if stored.get("sole_trader") else ""
        if self.kept:
            self.initial["org_nr"] = ""
            self.fields["org_nr"].required = False
            self.fields["org_nr"].help_text = KEPT_NUMBER

    def clean_org_nr(self) -> str:
        """Ten digits with a right check digit."""
        if self.kept and not self.cleaned_data["org_nr"]:
            return self.kept
        number = orgnr.normalize(self.cleaned_data["org_nr"][:40])
        if number is None:
            raise ValidationError(WRONG_NUMBER)
        if orgnr.is_personal(number) and self.of.sector != Sector.PRIVATE:
            raise ValidationError("Det är ett personnummer. Bara ett företag kan ha det som nummer.")
        return number

    def answers(self) -> dict[str, Any]:
        number = self.cleaned_data["org_nr"]
        return {"org_nr": number, "sole_trader": orgnr.is_personal(number)}

    def told(self, answers: dict[str, Any]) -> list[tuple[str, str]]:
        number = answers.get("org_nr", "")
        shown = HIDDEN_NUMBER if answers.get("sole_trader") else orgnr.format(number)
        return [("Organisationsnummer", shown)]


class FactsForm(StepForm):
    """Name, form, address and size."""

    legal_name = Line(
        "Organisationens namn",
        limit=300,
        missing="Fyll i organisationens namn.",
        help_text="Som det står i registret.",
    )
    legal_form = choice("Organisationsform", (), missing="Välj organisationsform.")
    address = Line(
        "Postadress",
        limit=300,
        missing="Fyll i postadressen.",
        help_text="Gata eller box, och postnummer. Till exempel Storgatan 1, 123 45.",
    )
    place = Line("Ort", limit=100, missing="Fyll i orten.")
    website = forms.URLField(
        label="Webbplats",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="Frivilligt. Vi besöker den när vi går igenom ansökan.",
        error_messages={"invalid": NO_WEBSITE, "max_length": "Adressen är för lång. Skriv högst 500 tecken."},
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
    )
    employees = choice(
        "Hur många är anställda hos er?",
        [(value, capfirst(str(label))) for value, label in Employees.choices],
        missing="Välj hur många som är anställda.",
    )
    branch_code = Line(
        "Bransch (SNI-kod)",
        limit=10,
        help_text="Frivilligt. Två till fem siffror, till exempel 56.100.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.of.sector == Sector.PUBLIC:
            del self.fields["branch_code"]
        field = self.fields["legal_form"]
        assert isinstance(field, forms.ChoiceField)
        usual = LEGAL_FORMS.get(self.of.sector, ())
        known = str(self.initial.get("legal_form") or self.data.get("legal_form") or "").casefold()[:100]
        # What a register calls it may be none of the usual ones.
        more = (known,) if known and known not in (*usual, OTHER_FORM) else ()
        field.choices = [(each, capfirst(each)) for each in (*usual, *more, OTHER_FORM)]

    def clean_branch_code(self) -> str:
        """Digits with a dot after the second, as statistics write it."""
        code = self.cleaned_data["branch_code"]
        if code and not re.fullmatch(r"[0-9]{2}(\.?[0-9]{1,3})?", code):
            raise ValidationError(
                "SNI-koden stämmer inte. Den har två till fem siffror, till exempel 56.100."
            )
        return str(code)

    def told(self, answers: dict[str, Any]) -> list[tuple[str, str]]:
        rows = super().told(answers)
        return [(label, capfirst(text) if label == "Organisationsform" else text) for label, text in rows]


class ContactForm(StepForm):
    """Whom we write to."""

    name = Line(
        "Namn",
        limit=200,
        missing="Fyll i namnet på en kontaktperson.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    title = Line(
        "Roll i organisationen",
        limit=120,
        missing="Fyll i vilken roll personen har, till exempel personalchef.",
        help_text="Till exempel personalchef eller ordförande.",
    )
    email = forms.EmailField(
        label="E-post i arbetet",
        max_length=254,
        help_text="Hit skickar vi kvitto, frågor och besked.",
        error_messages={
            "required": "Fyll i en e-postadress.",
            "invalid": NO_MAIL,
            "max_length": "Adressen är för lång. Skriv högst 254 tecken.",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = Line(
        "Telefon i arbetet",
        limit=50,
        help_text="Frivilligt.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "class": "input-short"}),
    )


class WishesForm(StepForm):
    """What the organisation wants to do in the network."""

    wishes = choices("Vad vill ni göra?", WISHES, missing="Välj minst en sak. Ni kan ändra er senare.")
    more = Words(
        "Berätta mer",
        limit=2000,
        required=False,
        help_text="Frivilligt. Till exempel vilka yrken, hur många platser och när det passar.",
    )


def digit_hint(of_sector: str, org_nr: str) -> str:
    """What the first digit says against the chosen sector, in a sentence; empty where nothing does."""
    sector, whose = FIRST_DIGIT.get(org_nr[:1], ("", ""))
    if not sector or sector == of_sector or orgnr.is_personal(org_nr):
        return ""
    return f"Nummer som börjar med {org_nr[:1]} har oftast {whose}. Kontrollera att ni valde rätt i början."
