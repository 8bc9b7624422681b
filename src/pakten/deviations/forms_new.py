"""The form by which a person notes something, prefilled from what it was made from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone

from pakten.deviations.evidence_sources import Copy
from pakten.deviations.fields import at_noon, day, line, seriousness_field, words
from pakten.deviations.models import Origin, Seriousness
from pakten.deviations.services.handling import Assessment
from pakten.deviations.services.noting import Found
from pakten.members.models import Application

# What a link to the form may fill in, by the name in its address.
_IN_ADDRESS = {"vad": "title", "sett": "description", "kalla": "source", "var": "where"}


class NewForm(forms.Form):
    """What was found; with a seriousness it is confirmed at once, without one it stays an observation."""

    use_required_attribute = False
    submission = forms.UUIDField(widget=forms.HiddenInput)
    title = line("Vad stämmer inte?", 200, help_text="I en mening.")
    description = words("Vad såg du?", rows=5, help_text="Skriv ordagrant det som står i källan.")
    source = line("I vilken källa?", 200, help_text="Till exempel ”organisationens webbplats”.")
    where = line("På vilken sida eller adress?", 500, required=False)
    seen_on = day("Dagen då du såg det")
    seriousness = seriousness_field(
        required=False, help_text="Lämna tomt om du inte är säker. Då blir det en iakttagelse."
    )
    assessment = words("Vår bedömning", required=False, rows=3)
    follow_up_on = day("Följ upp", required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("seriousness") and not values.get("assessment", "").strip():
            self.add_error("assessment", "Skriv vad du bedömer och varför.")
        return values

    @property
    def is_confirmed(self) -> bool:
        """Did the person say how serious it is?"""
        return bool(self.cleaned_data.get("seriousness"))

    def found(self, application: Application | None, copy: Copy | None) -> Found:
        """What was typed; ``copy`` is what it was made from."""
        values = self.cleaned_data
        return Found(
            values["title"],
            values["description"],
            values["source"],
            at_noon(values["seen_on"]),
            values["where"],
            copy.origin if copy else Origin.OTHER,
            copy.reference if copy else f"form:{values['submission']}",
            application=application,
        )

    def assessment_made(self) -> Assessment:
        """How serious it is."""
        values = self.cleaned_data
        return Assessment(Seriousness(values["seriousness"]), values["assessment"], values["follow_up_on"])


def first_values(address: Mapping[str, str], copy: Copy | None) -> dict[str, Any]:
    """What the form is filled with: by what it is made from, else by the link that led to it."""
    found: dict[str, Any] = {"submission": uuid4(), "seen_on": timezone.localdate()}
    for name, column in _IN_ADDRESS.items():
        found[column] = address.get(name, "").replace("\x00", "")[:2000]
    if copy is not None:
        found |= {"title": copy.title[:200], "description": copy.told, "source": copy.source}
        found |= {"where": copy.where, "seen_on": timezone.localdate(copy.fetched_at)}
    return found
