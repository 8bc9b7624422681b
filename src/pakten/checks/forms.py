"""Forms of this area: judging a likeness, reading in a list, filtering."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from pakten.checks.models import ControlResult, SubjectKind, Verdict
from pakten.checks.queries.likenesses import TABS, LikenessFilters
from pakten.checks.queries.runs import ControlFilters
from pakten.checks.services import Opinion

# What officers most often have to say; clicked, and added to in their own words.
PHRASES = (
    ("place", "Annan ort eller annat land än den på listan."),
    ("business", "Annan verksamhet än den på listan."),
    ("number", "Annat organisations- eller registreringsnummer."),
    ("birth", "Annan födelsetid än personen på listan."),
    ("name", "Bara en del av namnet är lika, och det är ett vanligt namn."),
    ("all", "Namn, födelsetid eller nummer stämmer med posten på listan."),
)
# Which of them speak against a verdict; with *cannot tell* all may stand.
AGAINST = {Verdict.SAME: {"place", "business", "number", "birth", "name"}, Verdict.DIFFERENT: {"all"}}
REASON_LENGTH = 20_000
TOO_LONG = "Skälet har %(show_value)d tecken. Vi kan spara högst %(limit_value)d. Korta det."
NO_CHOICE = ("", "Alla")


class Reason(forms.CharField):
    """A reason in a person's own words. The browser may not cut what is pasted: the page says it instead."""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attributes: dict[str, Any] = super().widget_attrs(widget)
        return {name: value for name, value in attributes.items() if name != "maxlength"}


class JudgeForm(forms.Form):
    """A person's verdict. ``version`` is the likeness as the page showed it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="Är det samma?",
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om det är samma, en annan eller om det inte går att avgöra."},
    )
    phrases = forms.MultipleChoiceField(
        label="Skäl", choices=PHRASES, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = Reason(
        label="Skäl med egna ord",
        required=False,
        max_length=REASON_LENGTH,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Vad har du jämfört, och var har du sett det? Skälet sparas tillsammans med bedömningen.",
    )
    needed = forms.CharField(
        label="Vad behövs för att avgöra?",
        required=False,
        max_length=1000,
        help_text="Fylls i när det inte går att avgöra. Till exempel födelseår för firmatecknaren.",
    )
    needed_from = forms.CharField(label="Från vem?", required=False, max_length=200)
    needed_by = forms.DateField(
        label="Senast", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self) -> dict[str, Any]:
        """A reason is a clicked phrase, own words, or both."""
        values: dict[str, Any] = super().clean() or {}
        if not values.get("phrases") and not (values.get("reason") or "").strip():
            self.add_error("reason", "Välj ett skäl eller skriv ett med egna ord.")
        if AGAINST.get(values.get("verdict", ""), set()) & set(values.get("phrases") or ()):
            self.add_error(
                "phrases", "Ett av skälen talar emot din bedömning. Ändra skälet eller bedömningen."
            )
        if values.get("verdict") == Verdict.CANNOT_TELL and not (values.get("needed") or "").strip():
            self.add_error("needed", "Skriv vad som behövs för att det ska gå att avgöra.")
        return values

    def opinion(self) -> Opinion:
        """The verdict with its whole reason; call on a valid form."""
        values = self.cleaned_data
        words = [text for key, text in PHRASES if key in values["phrases"]]
        reason = " ".join(filter(None, [*words, values["reason"].strip()]))
        return Opinion(
            values["verdict"], reason, values["needed"], values["needed_from"], values["needed_by"]
        )


class ReasonForm(forms.Form):
    """A reason, for what needs one, and the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = Reason(
        label="Skäl",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Skriv varför. Skälet sparas.", "max_length": TOO_LONG},
    )


class ListFileForm(forms.Form):
    """A list's file from a person's own computer."""

    file: forms.Field = forms.FileField(
        label="Fil",
        help_text="Filen som den kom från utgivaren. Den läses, jämförs med utgåvan som gäller och sparas.",
        error_messages={
            "required": "Välj en fil att läsa in.",
            "empty": "Filen är tom. Utgåvan som gällde gäller fortfarande.",
        },
    )

    def upload(self) -> UploadedFile[Any]:
        """The file; call on a valid form."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        return upload


class RegisterFileForm(forms.Form):
    """A register's file; ``named`` asks for the name too, of a register of one's own."""

    title = forms.CharField(
        label="Registrets namn",
        max_length=200,
        help_text="Som ni kallar det, till exempel Föreningsregistret.",
        error_messages={"required": "Skriv vad registret heter."},
    )
    file: forms.Field = forms.FileField(
        label="Fil",
        help_text="Bulkfil från utgivaren, eller en tabell (CSV eller Excel) med kolumnerna "
        "Organisationsnummer och Namn. Privatpersoner tas aldrig in.",
        error_messages={"required": "Välj en fil att läsa in.", "empty": "Filen är tom."},
    )

    def __init__(self, *args: Any, named: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.named = named
        if not named:
            del self.fields["title"]


class LikenessFilterForm(forms.Form):
    """What to show in the inbox."""

    flik = forms.ChoiceField(choices=[(tab, tab) for tab in TABS], required=False, widget=forms.HiddenInput)
    sok = forms.CharField(label="Sök medlem", required=False, max_length=200)
    lista = forms.ChoiceField(label="Lista", required=False)
    vem = forms.ChoiceField(label="Vem", choices=[NO_CHOICE, *SubjectKind.choices], required=False)
    bedomning = forms.ChoiceField(label="Bedömning", choices=[NO_CHOICE, *Verdict.choices], required=False)
    mina = forms.BooleanField(label="Bara mina", required=False)
    information = forms.BooleanField(label="Listor för information", required=False)

    def __init__(self, *args: Any, lists: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lista"].choices = [NO_CHOICE, *lists]  # type: ignore[attr-defined]

    def filters(self) -> LikenessFilters:
        """The filters; what can't be understood in an address is left out."""
        self.is_valid()
        values = self.cleaned_data
        return LikenessFilters(
            tab=values.get("flik") or "vantar",
            search=values.get("sok", ""),
            list_id=values.get("lista", ""),
            kind=values.get("vem", ""),
            verdict=values.get("bedomning", ""),
            mine=values.get("mina", False),
            information=values.get("information", False),
        )


class ControlFilterForm(forms.Form):
    """Which members of a run to show."""

    sok = forms.CharField(label="Sök medlem", required=False, max_length=200)
    result = forms.ChoiceField(label="Resultat", choices=[NO_CHOICE, *ControlResult.choices], required=False)
    vantar = forms.BooleanField(label="Har namnlikhet som väntar", required=False)
    hinder = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def filters(self) -> ControlFilters:
        """The filters; what can't be understood in an address is left out."""
        self.is_valid()
        values = self.cleaned_data
        return ControlFilters(
            result=values.get("result", ""),
            search=values.get("sok", ""),
            waiting=values.get("vantar", False),
            unchecked=values.get("hinder", ""),
        )
