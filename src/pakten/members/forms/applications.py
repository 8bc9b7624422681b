"""Forms of the inbox and of an application's page: they read what was typed; services decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst

from pakten.accounts.models import User
from pakten.members.models import ApplicationOutcome, ApplicationState
from pakten.members.queries.applications import BALL_WORDS, ApplicationFilters, Ball, Sort
from pakten.organisations.models import Sector

MINE, NOBODY, ALL = "jag", "ingen", "alla"
PAUSED = "vilar"
LONGEST = 10_000
TOO_LONG = "Texten är för lång. Skriv högst 10 000 tecken."
# What is missing most often; anything else is typed.
OFTEN_MISSING = (
    "Stadgar",
    "Protokoll från det senaste årsmötet",
    "Uppgift om vem som får företräda organisationen",
    "Uppgift om ägare",
    "Fungerande adress till webbplatsen",
)


def _capital(choices: Iterable[tuple[Any, Any]]) -> list[tuple[str, str]]:
    return [(str(value), capfirst(str(label))) for value, label in choices]


class ApplicationFilter(forms.Form):
    """The filter of the inbox, as it stands in the address. What it doesn't know is passed over."""

    sok = forms.CharField(label="Sök namn eller diarienummer", required=False, max_length=200)
    lage = forms.ChoiceField(
        label="Läge",
        required=False,
        choices=[
            ("", "Pågår"),
            *_capital(ApplicationState.choices),
            (PAUSED, "Vilar, vi väntar med beslut"),
            (ALL, "Alla, även avslutade"),
        ],
    )
    sektor = forms.ChoiceField(
        label="Sektor", required=False, choices=[("", "Alla"), *_capital(Sector.choices)]
    )
    handlaggare = forms.ChoiceField(label="Handläggare", required=False)
    boll = forms.ChoiceField(
        label="Vem har bollen?",
        required=False,
        choices=[("", "Alla"), *((ball.value, BALL_WORDS[ball]) for ball in Ball)],
    )
    sen = forms.BooleanField(label="Sena", required=False)
    avvikelse = forms.BooleanField(label="Med avvikelse", required=False)

    def __init__(self, data: Any, *, user: User, handlers: Iterable[User]) -> None:
        super().__init__(data)
        self._user = user
        field = self.fields["handlaggare"]
        assert isinstance(field, forms.ChoiceField)
        people = ((str(each.pk), str(each)) for each in handlers)
        field.choices = [("", "Alla"), (MINE, "Jag"), (NOBODY, "Ingen än"), *people]

    def filters(self, sort: str | None) -> ApplicationFilters:
        """What to list."""
        self.is_valid()
        found = self.cleaned_data
        state = found.get("lage", "")
        return ApplicationFilters(
            search=found.get("sok", ""),
            states=(state,) if state in ApplicationState.values else (),
            paused=state == PAUSED,
            sectors=(found["sektor"],) if found.get("sektor") else (),
            handler={MINE: str(self._user.pk), NOBODY: "none"}.get(
                handler := found.get("handlaggare", ""), handler
            ),
            late=bool(found.get("sen")),
            deviating=bool(found.get("avvikelse")),
            ended=state == ALL,
            ball=found.get("boll", ""),
            sort=Sort(sort) if sort in set(Sort) else Sort.DUE,
        )


class VersionForm(forms.Form):
    """A form about an application as the person saw it: ``version``. Several stand on one page: ``ids``."""

    use_required_attribute = False
    ids = "id_%s"
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = self.ids
        super().__init__(*args, **kwargs)


def _words(label: str, *, rows: int = 4, required: bool = False, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        error_messages={"max_length": TOO_LONG},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class AssignForm(VersionForm):
    """To whom an application is given; empty = nobody."""

    ids = "assign_%s"
    handler = forms.ModelChoiceField(
        User.objects.none(), label="Handläggare", required=False, empty_label="Ingen"
    )

    def __init__(self, *args: Any, handlers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["handler"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = handlers


class CompletionForm(VersionForm):
    """What is missing, and until when."""

    ids = "completion_%s"
    often = forms.MultipleChoiceField(
        label="Det här saknas",
        required=False,
        choices=[(text, text) for text in OFTEN_MISSING],
        widget=forms.CheckboxSelectMultiple,
    )
    other = _words("Annat som saknas", rows=3, help_text="En sak på varje rad.")
    message = _words("Hälsning till organisationen", rows=4, help_text="Frivilligt. Står i brevet.")
    answer_by = forms.DateField(
        label="Svar senast",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Skriv datumet som 2026-03-31.", "required": "Välj en dag."},
    )

    def missing(self) -> tuple[str, ...]:
        """One line for each thing."""
        lines = (line.strip() for line in self.cleaned_data["other"].splitlines())
        return (*self.cleaned_data["often"], *filter(None, lines))


class _ResultForm(forms.Form):
    has_deviation = forms.ChoiceField(
        label="Vad visade kontrollen?",
        choices=[("nej", "Inget avviker"), ("ja", "Något avviker")],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad kontrollen visade."},
    )
    summary = _words("Vad du såg, var och när", help_text="Behövs när något avviker.")


class ProposeForm(VersionForm):
    """An officer's proposal."""

    ids = "propose_%s"
    outcome = forms.ChoiceField(
        label="Förslag",
        choices=_capital(ApplicationOutcome.choices),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad du föreslår."},
    )
    reasons = _words(
        "Skäl",
        help_text="Behövs inte när organisationen tas emot och inget avviker. Organisationen får läsa dem.",
    )
    note = _words("Anmärkning", rows=2, help_text="Bara för ”ta emot med anmärkning”.")


class FinishForm(_ResultForm, ProposeForm):
    """The control's result and the proposal together, where no other area has a check list."""

    ids = "finish_%s"
    field_order = ("version", "has_deviation", "summary", "outcome", "reasons", "note")


class DecideForm(VersionForm):
    """A decision. ``submission`` makes pressing twice harmless."""

    ids = "decide_%s"
    submission = forms.UUIDField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="Beslut",
        choices=_capital(ApplicationOutcome.choices),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad du beslutar."},
    )
    reasons = _words(
        "Skäl",
        help_text="Behövs inte när organisationen tas emot och inget avviker. Organisationen får läsa dem.",
    )
    note = _words("Anmärkning", rows=2, help_text="Bara för ”ta emot med anmärkning”.")


class BackForm(VersionForm):
    """Why something goes back a step, or is taken up again."""

    ids = "back_%s"
    reason = _words("Varför?", rows=2, required=True)
