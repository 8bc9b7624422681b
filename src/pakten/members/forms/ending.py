"""Forms by which a membership ends, rests or holds again."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from pakten.core.missing import fill_in
from pakten.members.models import MatterKind, Membership, State
from pakten.members.policies.ending import LEADS_TO
from pakten.members.services.membership_ending import PROPOSABLE, Leaving, MatterFacts

_CAME = ("e-post", "brev", "telefon", "möte", "medlemmens sida i Pakten")
LONGEST = 5_000


def _words(label: str, *, required: bool = True, **more: Any) -> forms.CharField:
    errors = {"required": fill_in(label)}
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=LONGEST, required=required, widget=widget, error_messages=errors, **more
    )


class LeaveForm(forms.Form):
    """The member itself wishes to leave."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    submission = forms.UUIDField(widget=forms.HiddenInput)
    last_day = forms.DateField(
        label="Sista dagen",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Skriv datumet som 2026-11-21.", "required": "Fyll i sista dagen."},
    )
    came = forms.ChoiceField(label="Hur kom begäran?", choices=[(each, capfirst(each)) for each in _CAME])
    note = _words("Vad medlemmen sa", required=False)

    def __init__(self, data: Any, *, membership: Membership) -> None:
        first = {"version": membership.version, "submission": uuid.uuid4(), "last_day": timezone.localdate()}
        super().__init__(data, initial=first, auto_id="leave_%s")

    def leaving(self) -> Leaving:
        """What was typed."""
        values = self.cleaned_data
        return Leaving(values["last_day"], values["note"], values["came"], values["submission"])


class ProposeForm(forms.Form):
    """A proposal to end, rest or resume; only what the membership's state allows can be chosen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Förslag", widget=forms.RadioSelect)
    leaving_reason = forms.ChoiceField(
        label="Varför avslutas medlemskapet?",
        required=False,
        choices=[("", "Välj"), *((each.value, capfirst(each.label)) for each in PROPOSABLE)],
        help_text="Bara om medlemskapet ska avslutas. Räknas i siffrorna om vilka som lämnar.",
    )
    leaving_note = _words("Mer om varför", required=False)
    reasons = _words("Skäl för beslutet", help_text="Skälen står i beslutet och i brevet till medlemmen.")

    def __init__(self, data: Any, *, membership: Membership) -> None:
        super().__init__(data, initial={"version": membership.version})
        now = State(membership.state)
        kinds = [kind for kind, (state, _) in LEADS_TO.items() if state is not now]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (kind.value, capfirst(kind.label))
            for kind in kinds
            if not (kind is MatterKind.RESUME and now is State.ACTIVE)
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("kind") == MatterKind.END and not values.get("leaving_reason"):
            self.add_error("leaving_reason", "Välj varför medlemskapet ska avslutas.")
        return values

    def facts(self) -> MatterFacts:
        """What was typed."""
        values = self.cleaned_data
        return MatterFacts(
            MatterKind(values["kind"]), values["reasons"], values["leaving_reason"], values["leaving_note"]
        )


class WithdrawForm(forms.Form):
    """Why a proposal is taken back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = _words("Varför tas förslaget tillbaka?")


class DecideForm(forms.Form):
    """One press, once."""

    submission = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any) -> None:
        super().__init__(data, initial={"submission": uuid.uuid4()}, auto_id="decide_%s")
