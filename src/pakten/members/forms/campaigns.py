"""Forms of the campaign pages and of the one-page confirmation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst

from pakten.members.forms.texts import day
from pakten.members.models import PledgeText
from pakten.members.queries.campaigns import RecipientFilters, Reply
from pakten.members.services.campaign_moving import REASON_LIMIT, NewDays
from pakten.members.services.campaigns import CampaignFacts
from pakten.members.services.pledge_answers import COMMENT_LIMIT, STATEMENT, Given
from pakten.members.services.pledging import Speaker
from pakten.organisations.models import Sector

PLEDGE, DECLINE = "intyga", "avsta"


class CampaignForm(forms.Form):
    """What a campaign says and when."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(
        label="Rubrik", max_length=200, help_text="Står överst i mejlet.",
        error_messages={"required": "Ge omgången en rubrik."},
    )  # fmt: skip
    message = forms.CharField(
        label="Meddelande till medlemmarna",
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Varför texten är ny och vad den betyder för dem. Brevets övriga text skriver vi.",
    )
    answer_by = day("Svar senast")
    first_reminder = day("Första påminnelsen", required=False, help_text="Bara till dem som inte har svarat.")
    second_reminder = day("Andra påminnelsen", required=False)

    def facts(self) -> CampaignFacts:
        """What was typed."""
        return CampaignFacts(**{name: self.cleaned_data[name] for name in CampaignFacts.__slots__})


class MoveForm(forms.Form):
    """A later last day for a campaign that is under way."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer_by = day("Ny sista dag att svara")
    reminder = day(
        "Nästa påminnelse",
        required=False,
        help_text="Bara till dem som inte har svarat. Lämna tomt om ingen mer ska gå.",
    )
    reason = forms.CharField(
        label="Varför får medlemmarna mer tid?",
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Står i mejlet till dem som inte har svarat.",
        error_messages={"required": "Skriv varför medlemmarna får mer tid."},
    )

    def days(self) -> NewDays:
        """What was typed."""
        return NewDays(self.cleaned_data["answer_by"], self.cleaned_data["reminder"])


class NewCampaignForm(CampaignForm):
    """The same, for a text that is chosen."""

    text = forms.ModelChoiceField(
        label="Text", queryset=PledgeText.objects.none(), empty_label=None,
        error_messages={"invalid_choice": "Välj en fastställd text."},
    )  # fmt: skip
    field_order = ("text",)

    def __init__(self, *args: Any, texts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["text"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = texts


class RecipientFilter(forms.Form):
    """The filter of the recipients' list, as it stands in the address."""

    sok = forms.CharField(label="Sök namn", required=False, max_length=200)
    svar = forms.ChoiceField(
        label="Svar", required=False, choices=[("", "Alla"), *((r.value, capfirst(r.label)) for r in Reply)]
    )
    sektor = forms.ChoiceField(
        label="Sektor",
        required=False,
        choices=[("", "Alla"), *((s.value, capfirst(str(s.label))) for s in Sector)],
    )

    def filters(self) -> RecipientFilters:
        """What to list; what the form doesn't know is passed over."""
        self.is_valid()
        found = self.cleaned_data
        return RecipientFilters(found.get("sok", ""), found.get("svar", ""), found.get("sektor", ""))


class ConfirmForm(forms.Form):
    """A member's answer. ``shown`` is the digest of the words on the page, ``answer`` the button."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    name = forms.CharField(
        label="Ditt namn", max_length=200, error_messages={"required": "Fyll i ditt namn."}
    )
    role = forms.CharField(
        label="Din roll i organisationen",
        max_length=120,
        help_text="Till exempel ordförande, vd eller verksamhetschef.",
        error_messages={"required": "Fyll i din roll i organisationen."},
    )
    speaks = forms.BooleanField(
        label=STATEMENT, error_messages={"required": "Kryssa i att du får företräda organisationen."}
    )
    comment = forms.CharField(
        label="Kommentar",
        required=False,
        max_length=COMMENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Frivilligt. Berätta gärna varför, om ni inte vill intyga.",
    )
    answer = forms.ChoiceField(
        choices=[(PLEDGE, "Intyga"), (DECLINE, "Vi vill inte intyga")],
        widget=forms.HiddenInput,
        error_messages={"required": "Välj Intyga eller Vi vill inte intyga."},
    )

    def given(self) -> Given:
        """The answer as typed."""
        found = self.cleaned_data
        return Given(
            pledges=found["answer"] == PLEDGE,
            speaker=Speaker(found["name"], found["role"]),
            shown=found["shown"],
            comment=found["comment"],
        )


class NotedForm(forms.Form):
    """An answer that came to an officer by telephone or in another way."""

    answer = forms.ChoiceField(
        label="Svar",
        widget=forms.RadioSelect,
        choices=[(PLEDGE, "Organisationen intygar"), (DECLINE, "Organisationen vill inte intyga")],
        error_messages={"required": "Välj vad organisationen svarade."},
    )
    name = forms.CharField(
        label="Vem svarade?", max_length=200, error_messages={"required": "Fyll i vem som svarade."}
    )
    role = forms.CharField(
        label="Rollen i organisationen", max_length=120,
        error_messages={"required": "Fyll i rollen i organisationen."},
    )  # fmt: skip
    reason = forms.CharField(
        label="Hur kom svaret?",
        max_length=500,
        help_text="Till exempel ”telefonsamtal i dag”. Det står i loggen.",
        error_messages={"required": "Skriv hur svaret kom."},
    )
    comment = forms.CharField(
        label="Kommentar", required=False, max_length=COMMENT_LIMIT, widget=forms.Textarea(attrs={"rows": 3})
    )

    def given(self) -> Given:
        """The answer as noted."""
        found = self.cleaned_data
        speaker = Speaker(found["name"], found["role"])
        return Given(found["answer"] == PLEDGE, speaker, shown="", comment=found["comment"])


class AddressForm(forms.Form):
    """Another address to ask at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    email = forms.EmailField(
        label="E-post", max_length=254,
        error_messages={
            "invalid": "E-postadressen ser inte rätt ut. Den ska ha formen namn@exempel.se.",
            "required": "Fyll i en e-postadress.",
        },
    )  # fmt: skip


class WrongPersonForm(forms.Form):
    """What the wrong person tells us."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="Vem ska vi fråga i stället?",
        required=False,
        max_length=COMMENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Frivilligt. Ett namn eller en adress till organisationen räcker.",
    )
