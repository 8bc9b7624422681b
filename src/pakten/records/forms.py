"""Forms of the diary's pages: they read what was typed; services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from pakten.core.missing import fill_in
from pakten.records.models import CaseState, Direction, Outcome, RecordType
from pakten.records.queries.diary import DiaryFilters, Sort
from pakten.records.queries.public import PublicFilters

_ALL = ("", "Alla")
BAD_DATE = "Skriv datumet som 2026-11-21."


def _day(label: str, *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, required=required, widget=widget, error_messages={"invalid": BAD_DATE}
    )


def _text(label: str, *, limit: int, required: bool = True, **more: Any) -> forms.CharField:
    errors = {"required": fill_in(label)}
    return forms.CharField(label=label, max_length=limit, required=required, error_messages=errors, **more)


class _Span(forms.Form):
    """Two days; what can't be is passed over, so that every address shows something."""

    fran = _day("Från")
    till = _day("Till")

    def day(self, name: str) -> Any:
        found = self.cleaned_data.get(name)
        # A database can't count with the edges of the calendar.
        return found if found and 1900 <= found.year <= 2200 else None


class DiaryFilter(_Span):
    """The filter of the staff's diary, as it stands in the address."""

    sok = forms.CharField(label="Sök nummer, namn eller ord", required=False, max_length=200)
    riktning = forms.ChoiceField(label="Riktning", required=False, choices=[_ALL, *Direction.choices])
    typ = forms.ChoiceField(label="Handlingstyp", required=False)
    lage = forms.ChoiceField(label="Ärendets läge", required=False, choices=[_ALL, *CaseState.choices])
    markerad = forms.BooleanField(label="Sekretessmarkerade", required=False)
    gallras = forms.BooleanField(label="Ska gallras", required=False)
    utkast = forms.BooleanField(label="Har gamla utkast", required=False)

    field_order = ("sok", "riktning", "typ", "lage", "fran", "till", "markerad", "gallras", "utkast")

    def __init__(self, data: Any, *, types: list[RecordType]) -> None:
        super().__init__(data)
        field = self.fields["typ"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [_ALL, *((kind.code, kind.title) for kind in types)]

    def filters(self, sort: str | None) -> DiaryFilters:
        """What to show."""
        self.is_valid()
        found = self.cleaned_data
        return DiaryFilters(
            search=found.get("sok", ""),
            direction=found.get("riktning", ""),
            type_code=found.get("typ", ""),
            state=found.get("lage", ""),
            first_day=self.day("fran"),
            last_day=self.day("till"),
            marked=bool(found.get("markerad")),
            due=bool(found.get("gallras")),
            old_drafts=bool(found.get("utkast")),
            sort=Sort(sort) if sort in set(Sort) else Sort.DATE_DESC,
        )


class PublicFilter(_Span):
    """The filter of the public diary."""

    sok = forms.CharField(label="Sök nummer eller ord", required=False, max_length=200)
    riktning = forms.ChoiceField(label="Riktning", required=False, choices=[_ALL, *Direction.choices])
    field_order = ("sok", "riktning", "fran", "till")

    def filters(self) -> PublicFilters:
        """What to show."""
        self.is_valid()
        found = self.cleaned_data
        return PublicFilters(
            found.get("sok", ""), found.get("riktning", ""), self.day("fran"), self.day("till")
        )


class ManyFiles(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Gives a list of the files that were chosen, maybe empty."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, widget=ManyFiles(), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in chosen if one]


class IncomingForm(forms.Form):
    """A paper that came in. ``submission`` makes sending twice harmless."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    type_code = forms.ChoiceField(label="Vad är det för handling?")
    short_content = _text(
        "Vad handlar den om, i korthet?",
        limit=300,
        help_text="En rad som alla kan läsa. Skriv inte personnummer eller annat känsligt.",
    )
    sender = _text("Från vem?", limit=200, required=False, help_text="Lämna tomt om det inte är känt.")
    from_person = forms.BooleanField(
        label="Avsändaren är en privatperson. Namnet visas inte i det öppna diariet.", required=False
    )
    received_on = _day("När kom den in?", required=True)
    uploads = FilesField("Filer", help_text="Filerna sparas som de är. Högst 25 MB var.")

    def __init__(self, *args: Any, types: list[RecordType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["type_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.code, kind.title) for kind in types if kind.direction == Direction.IN]
        self.fields["received_on"].error_messages["required"] = "Fyll i dagen då handlingen kom in."


class CaseForm(forms.Form):
    """A case that a person opens."""

    title = _text("Rubrik", limit=300, help_text="Vad ärendet handlar om. Skriv inte personnummer.")


class DraftForm(forms.Form):
    """Something that the administration draws up."""

    type_code = forms.ChoiceField(label="Vad är det för handling?")
    short_content = _text("Vad handlar den om, i korthet?", limit=300)
    recipient = _text("Till vem?", limit=200, required=False, help_text="Kan fyllas i senare.")
    to_person = forms.BooleanField(label="Mottagaren är en privatperson.", required=False)
    uploads = FilesField("Filer", help_text="Kan bytas så länge det är ett utkast.")

    def __init__(self, *args: Any, types: list[RecordType], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["type_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.code, kind.title) for kind in types if kind.direction != Direction.IN]


class ReviseForm(DraftForm):
    """The same, for a draft that exists: its kind stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, types=[], **kwargs)
        del self.fields["type_code"]
        self.fields["uploads"].help_text = "Nya filer ersätter de gamla. Lämna tomt för att behålla dem."


class MarkForm(forms.Form):
    """A secrecy mark."""

    provision = _text("Bestämmelse", limit=100, help_text="Till exempel OSL 28:12 eller OSL 31:16.")
    reason = _text("Varför?", limit=500)
    keeps_sender_apart = forms.BooleanField(
        label="Visa inte avsändare eller mottagare i det öppna diariet", required=False, initial=True
    )
    keeps_content_apart = forms.BooleanField(
        label="Visa inte vad handlingen handlar om i det öppna diariet", required=False
    )


class CorrectionForm(forms.Form):
    """The register columns, and why they are corrected."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    short_content = _text("I korthet", limit=300)
    sender_or_recipient = _text("Avsändare eller mottagare", limit=200, required=False)
    is_private_person = forms.BooleanField(label="Privatperson", required=False)
    reason = _text("Varför rättas registreringen?", limit=500)


class NumberForm(forms.Form):
    """A number from another case system."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    number = _text("Nummer i det andra systemet", limit=100)
    system = _text("Vilket system?", limit=60)


class SeriesForm(forms.Form):
    """How the next registry numbers look."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    authority = _text("Myndighet", limit=200, help_text="Hela namnet. Det står på sekretessmarkeringar.")
    board = _text("Nämnd, förkortad", limit=20, required=False)
    unit = _text("Enhet, förkortad", limit=20, required=False)
    pattern = _text(
        "Mönster",
        limit=60,
        help_text="Använd {year} och {serial}, och om ni vill {board}, {unit} och {classification}. "
        "{serial:4} ger fyra siffror.",
    )


class AnswerForm(forms.Form):
    """What a request to see a record led to."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="Vad blev svaret?",
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.WAITING],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad svaret blev."},
    )
    numbers = forms.CharField(
        label="Vilka handlingar?",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Numret i diariet, till exempel AMN 2026/0012-3. Ett på varje rad.",
    )
    test = _text(
        "Sekretessprövning",
        limit=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Hur prövade du om det kan skada någon att lämna ut handlingen?",
    )
    provision = _text(
        "Bestämmelse",
        limit=100,
        required=False,
        help_text="Behövs om något inte lämnas ut. Till exempel OSL 31:16.",
    )
    minutes = forms.IntegerField(
        label="Tid i minuter",
        min_value=0,
        max_value=10_000,
        error_messages={"required": "Fyll i hur många minuter det tog."},
    )
    uploads = FilesField(
        "Det som lämnades ut", help_text="Lägg in kopian som den lämnades ut, om du har den."
    )


class AskForm(forms.Form):
    """The open form for a request: which record, nothing about who."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Vilken handling vill du se?",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Beskriv den så gott du kan, till exempel med ett nummer, en dag eller vad den handlar om.",
        error_messages={"required": "Skriv vilken handling du vill se."},
        validators=[MaxLengthValidator(5000, "Texten är för lång. Skriv högst 5 000 tecken.")],
    )
    email = forms.EmailField(
        label="E-post för svaret",
        required=False,
        help_text="Frivilligt. Du kan också fråga efter svaret med ärendets nummer.",
        error_messages={"invalid": "E-postadressen ser inte rätt ut. Den ska ha formen namn@exempel.se."},
    )
