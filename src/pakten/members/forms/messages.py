"""Forms for writing to and from the city: they read what was typed; services decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from pakten.members.policies.messages import LONGEST_TEXT, TOO_LONG
from pakten.members.services.corrections import Verdict
from pakten.records.forms import FilesField


def _text(label: str, *, rows: int = 6, required: bool = True, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": "Skriv något i meddelandet."} | more.pop("errors", {}),
        validators=[MaxLengthValidator(LONGEST_TEXT, TOO_LONG)],
        **more,
    )


class WriteForm(forms.Form):
    """A message. ``submission`` makes sending twice harmless."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    text = _text("Meddelande")


class CorrectionForm(forms.Form):
    """What a fact should say, and why."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    proposed = _text("Så ska det stå", rows=2, errors={"required": "Skriv hur det ska stå."})
    text = _text(
        "Hur vet vi det?",
        rows=3,
        required=False,
        help_text="Frivilligt. Till exempel ”vi bytte namn i mars, det står hos Bolagsverket”.",
    )


class LeaveForm(forms.Form):
    """A request to leave the network."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    text = _text(
        "Varför vill ni lämna nätverket?",
        rows=4,
        errors={"required": "Skriv varför, gärna med några ord."},
        help_text="Det hjälper oss att göra nätverket bättre. Några ord räcker.",
    )


class CompletionForm(forms.Form):
    """What an application lacked."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    text = _text("Ert svar", required=False)
    uploads = FilesField("Filer", help_text="Högst 10 filer.")


class AnswerForm(forms.Form):
    """The city's answer. ``version`` is of the message that the officer read."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = _text("Svar", errors={"required": "Skriv ett svar."})


class SettleForm(forms.Form):
    """What became of a correction."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(
        label="Vad gör vi?", widget=forms.RadioSelect, error_messages={"required": "Välj vad vi gör."}
    )
    value = forms.CharField(
        label="Så ska det stå",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Gäller när du inför värdet. Ändra om det behövs.",
    )
    words = _text(
        "Till medlemmen",
        rows=4,
        required=False,
        help_text="Skälet, om vi inte gör som medlemmen bad om. Medlemmen ser det du skriver.",
    )

    def __init__(self, *args: Any, adopts: bool, leaving: bool, member: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        done = "Utträdet är klart" if leaving else "Jag har rättat det på medlemmens sida"
        no = "Vi kan inte göra som medlemmen bad om" if leaving else "Vi ändrar inte uppgiften"
        choices = [(Verdict.ADOPTED.value, "För in värdet nu")] if adopts else []
        # Ending the membership settles the wish by itself: it is never called done before that.
        choices += [(Verdict.BY_HAND.value, done)] if not (leaving and member) else []
        choices.append((Verdict.DECLINED.value, no))
        field = self.fields["verdict"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        if not adopts:
            del self.fields["value"]


class CloseForm(forms.Form):
    """Why a message needs no answer."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.CharField(
        label="Varför behövs inget svar?",
        max_length=500,
        error_messages={"required": "Skriv varför. Medlemmen ser det."},
        help_text="Medlemmen ser det du skriver.",
    )


class AskForm(forms.Form):
    """Something that the city writes to an organisation of its own accord."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    text = _text("Meddelande")
    is_question = forms.BooleanField(label="Det är en fråga som organisationen ska svara på.", required=False)
