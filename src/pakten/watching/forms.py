"""Forms of this area."""

from __future__ import annotations

from django import forms

from pakten.watching.services.halting import LONGEST_REASON


class ReasonForm(forms.Form):
    """Why the stop button is pressed or released."""

    reason = forms.CharField(
        label="Skäl",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Skälet visas för alla som arbetar här, och sparas i loggen.",
    )
