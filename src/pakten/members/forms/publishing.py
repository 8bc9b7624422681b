"""Whether a member is named in the open list: the city's form, and the member's own."""

from __future__ import annotations

from django import forms

from pakten.members.models import Membership

SHOWN, HIDDEN = "visas", "visas-inte"


class OwnPublishingForm(forms.Form):
    """The choice itself. ``version`` is the one that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.ChoiceField(
        label="Ska organisationen stå i medlemsförteckningen?",
        choices=[
            (SHOWN, "Ja, namn och sektor visas för alla"),
            (HIDDEN, "Nej, organisationen visas inte"),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: object, *, membership: Membership) -> None:
        shown = SHOWN if membership.published else HIDDEN
        super().__init__(data, initial={"version": membership.version, "shown": shown})  # type: ignore[arg-type]

    def wanted(self) -> bool:
        """Whether the organisation shall be named."""
        return bool(self.cleaned_data["shown"] == SHOWN)


class PublishingForm(OwnPublishingForm):
    """The city's form: it says why, since it isn't the member who chose."""

    reason = forms.CharField(
        label="Skäl",
        max_length=500,
        help_text="Till exempel ”organisationen bad om det i mejl den 3 mars”. Skälet står i loggen.",
    )
