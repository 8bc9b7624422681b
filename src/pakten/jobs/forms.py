"""The filter of the list of jobs."""

from __future__ import annotations

from django import forms

from pakten.jobs.models import State


class JobFilter(forms.Form):
    """Which jobs to show; an unknown value shows all."""

    state = forms.ChoiceField(label="Läge", required=False, choices=[("", "Alla"), *State.choices])
