"""Forms of the decisions' pages: they read what was typed; services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.core.missing import fill_in
from pakten.decisions.models import DecisionKind, DecisionRule, State, When
from pakten.decisions.policies import MAY_BE_NAMED
from pakten.decisions.queries.decisions import OLDEST_FIRST, DecisionFilters
from pakten.decisions.services import ItemFacts, RuleFacts

_ALL = ("", "Alla")
BAD_DATE = "Skriv datumet som 2026-11-21."
_REPORTED = [
    _ALL,
    ("nej", "Ska anmälas"),
    ("ja", "Anmälda"),
    ("verkstallighet", "Anmäls inte (verkställighet)"),
]
_REPORTED_CODES = {"nej": "no", "ja": "yes", "verkstallighet": "execution"}


def _day(label: str, *, required: bool = False, **more: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    errors = {"invalid": BAD_DATE, "required": fill_in(label)}
    return forms.DateField(label=label, required=required, widget=widget, error_messages=errors, **more)


def _text(label: str, *, limit: int, **more: Any) -> forms.CharField:
    errors = {"required": fill_in(label)}
    return forms.CharField(label=label, max_length=limit, error_messages=errors, **more)


class DecisionFilter(forms.Form):
    """The filter of the list, as it stands in the address; what can't be is passed over."""

    lage = forms.ChoiceField(label="Läge", required=False, choices=[_ALL, *State.choices])
    beslut = forms.ChoiceField(label="Beslut", required=False, choices=[_ALL, *DecisionKind.choices])
    av = forms.ModelChoiceField(
        label="Beslutat av", required=False, queryset=User.objects.none(), empty_label="Alla"
    )
    anmalt = forms.ChoiceField(label="Anmält till nämnden", required=False, choices=_REPORTED)
    fran = _day("Från")
    till = _day("Till")
    vantar = forms.BooleanField(label="Väntar på mig", required=False)

    def __init__(self, data: Any, *, user: User, deciders: Any, drafts: bool, second: bool) -> None:
        super().__init__(data)
        self.user = user
        people = self.fields["av"]
        assert isinstance(people, forms.ModelChoiceField)
        people.queryset = deciders
        if not drafts:
            del self.fields["lage"]
        if not second:
            del self.fields["vantar"]

    def filters(self, sort: str | None) -> DecisionFilters:
        """What to show."""
        self.is_valid()
        found = self.cleaned_data
        return DecisionFilters(
            state=found.get("lage", ""),
            kind=found.get("beslut", ""),
            decider=found["av"].pk if found.get("av") else None,
            reported=_REPORTED_CODES.get(found.get("anmalt", ""), ""),
            first_day=self._day("fran"),
            last_day=self._day("till"),
            for_person=self.user if found.get("vantar") else None,
            oldest_first=sort == OLDEST_FIRST,
        )

    def _day(self, name: str) -> Any:
        found = self.cleaned_data.get(name)
        # A database can't count with the edges of the calendar.
        return found if found and 1900 <= found.year <= 2200 else None


class SendBackForm(forms.Form):
    """Why the second person does not agree."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Varför skickar du tillbaka det?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv varför du skickar tillbaka beslutet."},
    )


class TakeBackForm(forms.Form):
    """Why who decided takes it back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Varför tar du tillbaka det?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv varför beslutet tas tillbaka."},
    )


class ReportForm(forms.Form):
    """To which board, at which meeting."""

    # Any text: what was reported a moment ago is no choice any more, and the service says so.
    board = forms.CharField(label="Nämnd", max_length=200, required=False)
    meeting_date = _day("Sammanträdets datum", required=True)

    def __init__(self, data: Any, *, boards: list[str]) -> None:
        super().__init__(data, initial={"board": boards[0] if boards else ""})
        choices = [(board, board) for board in boards]
        hidden = len(boards) < 2
        self.fields["board"].widget = forms.HiddenInput() if hidden else forms.Select(choices=choices)


class ItemForm(forms.Form):
    """An item of the delegation order, as the board decided it."""

    number = _text("Punktens nummer", limit=20, help_text="Till exempel 4.1.")
    kind = forms.ChoiceField(label="Vad får beslutas?", choices=DecisionKind.choices)
    role = forms.ChoiceField(
        label="Vem får besluta?", choices=[(role.value, role.label) for role in MAY_BE_NAMED]
    )
    text = _text("Lydelse", limit=300)
    valid_from = _day("Gäller från", required=True)
    paper = _text("Nämndens beslut", limit=200, help_text="Till exempel § 12, 2026-03-10, dnr AMN 2026/0031.")

    def facts(self) -> ItemFacts:
        """What was typed."""
        found = self.cleaned_data
        return ItemFacts(
            number=found["number"],
            text=found["text"],
            kind=DecisionKind(found["kind"]),
            role=Role(found["role"]),
            valid_from=found["valid_from"],
            paper=found["paper"],
        )


class EndItemForm(forms.Form):
    """The item's last day, and by which paper it ends."""

    last_day = _day("Sista dag", required=True)
    paper = _text("Nämndens beslut", limit=200)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"last_day": timezone.localdate()})


class RuleForm(forms.Form):
    """What the four eyes concern, for one kind."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    second_look = forms.ChoiceField(
        label="När ska en andra person hålla med?", choices=When.choices, widget=forms.RadioSelect
    )
    bars_preparer = forms.ChoiceField(
        label="När får den som har berett ärendet inte besluta?",
        choices=When.choices,
        widget=forms.RadioSelect,
    )
    is_execution = forms.BooleanField(
        label="Ren verkställighet när inget avviker",
        required=False,
        help_text="Verkställighet anmäls inte till nämnden.",
    )

    @classmethod
    def of(cls, rule: DecisionRule, data: Any) -> RuleForm:
        """With the rule as it is now."""
        names = ("version", "second_look", "bars_preparer", "is_execution")
        return cls(data, initial={name: getattr(rule, name) for name in names})

    def facts(self) -> RuleFacts:
        """What was chosen."""
        found = self.cleaned_data
        return RuleFacts(When(found["second_look"]), When(found["bars_preparer"]), found["is_execution"])
