"""Fields of the public application: they say in one sentence what is wrong, and never cut in silence."""

from __future__ import annotations

import unicodedata
from typing import Any, Protocol, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from pakten.organisations.policies import NO_PERSONAL_NUMBERS, check_text
from pakten.organisations.refusals import Refused

# Signs that turn the reading direction, and those that nobody sees: a name could hide behind them.
_UNSEEN = {*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0x061C, 0xFEFF}
# Far above every limit: a megabyte is refused without being read to its end.
_MEASURED = 20_000
_HELD_APART = {"Cc", "Zl", "Zp"}


class Applicant(Protocol):
    """Whose answers a form shows: a draft, or an application as it was sent."""

    sector: str
    answers: Any


def seen(text: str, *, lines: bool = False) -> str:
    """``text`` as people see it: composed letters, no hidden signs; on one line unless ``lines``."""
    whole = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    if lines:
        return "\n".join(seen(line) for line in whole.splitlines()).strip()
    visible = (sign for sign in whole if ord(sign) not in _UNSEEN)
    spaced = "".join(" " if unicodedata.category(sign) in _HELD_APART else sign for sign in visible)
    return " ".join(spaced.split())


def no_personal_number(text: str) -> None:
    """Raise ValidationError for what looks like a personal identity number (L-29)."""
    try:
        check_text(text)
    except Refused as refusal:
        raise ValidationError(NO_PERSONAL_NUMBERS) from refusal


def too_long(limit: int) -> str:
    return f"Texten är för lång. Skriv högst {limit} tecken."


class Line(forms.CharField):
    """A text on one line, at most ``limit`` signs. What hides in it is taken away before it is measured.

    The widget has no maxlength: a browser would cut what is pasted and say nothing.
    """

    def __init__(self, label: str, *, limit: int, missing: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", bool(missing))
        super().__init__(label=label, error_messages={"required": missing}, **kwargs)
        self.validators += [MaxLengthValidator(limit, too_long(limit)), no_personal_number]

    def to_python(self, value: Any) -> str:
        return seen((super().to_python(value) or "")[:_MEASURED])


class Words(forms.CharField):
    """A text of several lines, at most ``limit`` signs."""

    def __init__(self, label: str, *, limit: int, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)
        self.validators += [MaxLengthValidator(limit, too_long(limit)), no_personal_number]

    def to_python(self, value: Any) -> str:
        return seen((super().to_python(value) or "")[:_MEASURED], lines=True)


class StepForm(forms.Form):
    """A page of the application. ``of`` is whose; what it answered before is shown again."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, of: Applicant, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial or {})
        self.of = of

    def answers(self) -> dict[str, Any]:
        """What was answered, as a draft keeps it: texts, lists and yes or no. For a form that is valid."""
        return dict(self.cleaned_data)

    def told(self, answers: dict[str, Any]) -> list[tuple[str, str]]:
        """The questions and the answers in words, for people and for the paper."""
        rows = ((str(field.label), self._told(field, answers.get(name))) for name, field in self.shown())
        return [row for row in rows if row[0]]

    def shown(self) -> list[tuple[str, forms.Field]]:
        """The fields that ask something."""
        return [(name, field) for name, field in self.fields.items() if not field.widget.is_hidden]

    def _told(self, field: forms.Field, value: Any) -> str:
        if isinstance(value, bool):
            return "Ja" if value else "Nej"
        if isinstance(field, forms.ChoiceField) and value:
            words = {str(key): str(label) for key, label in cast(Any, field.choices)}
            chosen = value if isinstance(value, list) else [value]
            return "\n".join(words.get(str(each), str(each)) for each in chosen)
        return str(value or "")


def choice(label: str, choices: Any, *, missing: str = "", **kwargs: Any) -> forms.ChoiceField:
    """One of several, all in sight; ``missing`` is said when none is chosen."""
    kwargs.setdefault("required", bool(missing))
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": "Välj ett av svaren."},
        **kwargs,
    )


def choices(label: str, options: Any, *, missing: str = "", **kwargs: Any) -> forms.MultipleChoiceField:
    """Any of several; ``missing`` is said when none is chosen and one must be."""
    return forms.MultipleChoiceField(
        label=label,
        choices=options,
        required=bool(missing),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": missing, "invalid_choice": "Välj bland svaren på sidan."},
        **kwargs,
    )


def must_be_ticked(label: str, *, missing: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, error_messages={"required": missing})


NO_MAIL = "E-postadressen ser inte rätt ut. Den ska ha formen namn@exempel.se."


class MailForm(forms.Form):
    """Where the link is mailed."""

    email = forms.EmailField(
        label="E-post",
        max_length=254,
        error_messages={"required": "Fyll i en e-postadress.", "invalid": NO_MAIL},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AnswerForm(forms.Form):
    """A text to the city, with files beside it."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    text = Words("Ert svar", limit=10_000, rows=8, required=False)


class WithdrawForm(forms.Form):
    """Why the application is taken back; nobody has to say."""

    submission = forms.UUIDField(widget=forms.HiddenInput)
    reason = Words("Varför?", limit=2000, required=False, help_text="Frivilligt.")
