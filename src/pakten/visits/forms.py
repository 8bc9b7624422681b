"""Forms of this area: they read what was typed; services decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from pakten.records.forms import BAD_DATE, FilesField
from pakten.visits.models import (
    BelongingVerdict,
    Made,
    SeenResult,
    SeenTopic,
    StatementVerdict,
    VisitOutcome,
    Whose,
)
from pakten.visits.queries.listing import VisitFilters
from pakten.visits.services.own_visit import OwnVisit, Seen

_ALL = ("", "Alla")
_LONGEST = 20_000
# Not reached by any count of rounds; more digits than this are no number of ours.
_DIGITS = 9


class VisitFilterForm(forms.Form):
    """The filter of the list, as it stands in the address; what can't be is passed over."""

    sok = forms.CharField(label="Sök organisation", required=False, max_length=200)
    utfall = forms.ChoiceField(label="Utfall", required=False, choices=[_ALL, *VisitOutcome.choices])
    vems = forms.ChoiceField(label="Vems webbplatsen är", required=False, choices=[_ALL, *Whose.choices])
    gjort = forms.ChoiceField(label="Gjort av", required=False, choices=[_ALL, *Made.choices])
    olast = forms.BooleanField(label="Gick inte att besöka", required=False)
    vantar = forms.BooleanField(label="Väntar på en person", required=False)
    alla = forms.BooleanField(label="Även tidigare besök", required=False)
    runda = forms.CharField(required=False, widget=forms.HiddenInput)

    def filters(self) -> VisitFilters:
        """What to show."""
        self.is_valid()
        found = self.cleaned_data
        number = found.get("runda", "")
        is_number = number.isdecimal() and number.isascii() and len(number) <= _DIGITS
        return VisitFilters(
            search=found.get("sok", ""),
            outcome=found.get("utfall", ""),
            unread=bool(found.get("olast")),
            whose=found.get("vems", ""),
            made=found.get("gjort", ""),
            to_read=bool(found.get("vantar")),
            round_id=int(number) if is_number else None,
            every=bool(found.get("alla")),
        )


class JudgeStatementForm(forms.Form):
    """A person's verdict on one statement."""

    verdict = forms.ChoiceField(
        label="Stämmer läsningen?",
        choices=StatementVerdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur uttalandet ska bedömas."},
    )
    note = forms.CharField(
        label="Skäl",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Skriv varför. Skälet sparas tillsammans med bedömningen."},
    )


class JudgeBelongingForm(forms.Form):
    """A person's word on whose website it is."""

    verdict = forms.ChoiceField(
        label="Är webbplatsen deras?",
        choices=BelongingVerdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om webbplatsen är deras."},
    )
    note = forms.CharField(
        label="Hur vet du det?",
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Skriv hur du vet. Det sparas tillsammans med bedömningen."},
    )


class DisposeForm(forms.Form):
    """The number of the decision by which evidence is disposed of."""

    decision = forms.CharField(
        label="Gallringsbeslutets nummer",
        max_length=100,
        error_messages={"required": "Ange gallringsbeslutets nummer. Inget gallras utan beslut."},
    )


@dataclass(frozen=True, slots=True)
class TopicFields:
    """The fields of one topic, as the page draws them."""

    topic: SeenTopic
    result: forms.BoundField
    note: forms.BoundField
    quotation: forms.BoundField
    where: forms.BoundField

    @property
    def is_open(self) -> bool:
        """Whether something is filled in or wrong here."""
        fields = (self.result, self.note, self.quotation, self.where)
        return self.topic == SeenTopic.WEBSITE or any(field.value() or field.errors for field in fields)


class OwnVisitForm(forms.Form):
    """A person's own visit: when, where, what was seen of each topic, pictures."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.DateField(
        label="Dag",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Fyll i vilken dag du besökte webbplatsen.", "invalid": BAD_DATE},
    )
    clock = forms.TimeField(
        label="Klockan",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "Skriv klockslaget som 14:30."},
        help_text="Om du minns det.",
    )
    address = forms.CharField(label="Adress som du besökte", max_length=500, required=False)
    could_see = forms.ChoiceField(
        label="Gick det att se webbplatsen?",
        choices=[("ja", "Ja"), ("nej", "Nej")],
        widget=forms.RadioSelect,
        initial="ja",
        error_messages={"required": "Välj om det gick att se webbplatsen."},
    )
    why = forms.CharField(
        label="Om det inte gick: varför?",
        required=False,
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Det räknas som ”gick inte att kontrollera”. Det betyder inte att något är fel.",
    )
    uploads = FilesField(
        "Skärmbilder eller PDF", help_text="Högst 5 filer på högst 10 MB. PNG, JPEG eller PDF."
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for topic in SeenTopic:
            self.fields.update(_topic_fields(topic))

    def topics(self) -> Iterator[TopicFields]:
        """The topics in their order."""
        for topic in SeenTopic:
            yield TopicFields(
                topic, *(self[f"{topic}_{name}"] for name in ("result", "note", "quotation", "where"))
            )

    def told(self) -> OwnVisit:
        """The visit as it was told; call on a valid form."""
        values = self.cleaned_data
        could_see = values["could_see"] == "ja"
        files: list[UploadedFile[Any]] = values["uploads"]
        return OwnVisit(
            at=_moment(values),
            address=values["address"],
            could_see=could_see,
            why="" if could_see else values["why"],
            seen=tuple(_seen(values)) if could_see else (),
            files=tuple((file.name or "", file) for file in files),
        )


def _topic_fields(topic: SeenTopic) -> dict[str, forms.Field]:
    area = {"rows": 2}
    is_first = topic == SeenTopic.WEBSITE
    choices = list(SeenResult.choices) if is_first else [("", "Har inte tittat"), *SeenResult.choices]
    return {
        f"{topic}_result": forms.ChoiceField(
            label="Resultat", choices=choices, required=False, initial=SeenResult.OK if is_first else ""
        ),
        f"{topic}_note": forms.CharField(
            label="Vad du såg", required=False, max_length=_LONGEST, widget=forms.Textarea(attrs=area)
        ),
        f"{topic}_quotation": forms.CharField(
            label="Ordagrant citat", required=False, max_length=_LONGEST, widget=forms.Textarea(attrs=area)
        ),
        f"{topic}_where": forms.CharField(label="Sidans adress", required=False, max_length=500),
    }


def _seen(values: Mapping[str, Any]) -> Iterator[Seen]:
    for topic in SeenTopic:
        result = values.get(f"{topic}_result") or (SeenResult.OK if topic == SeenTopic.WEBSITE else "")
        if result:
            words = (values[f"{topic}_{name}"] for name in ("note", "quotation", "where"))
            yield Seen(topic, SeenResult(result), *words)


def _moment(values: Mapping[str, Any]) -> datetime:
    """The moment of the visit; without a time of day that of now for today, else noon."""
    now = timezone.localtime()
    day = values["day"]
    clock = values["clock"] or (now.time() if day == now.date() else time(12))
    return timezone.make_aware(datetime.combine(day, clock))
