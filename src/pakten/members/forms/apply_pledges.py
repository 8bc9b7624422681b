"""The step in which the organisation pledges itself to the goals and the values, as shown on that page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone

from pakten.members.forms.apply_fields import Line, StepForm, must_be_ticked
from pakten.members.models import PledgeText, TextKind
from pakten.members.queries.texts import texts_in_force

# Word for word as the city wants it said.
STANDS_BEHIND = (
    "Vi ställer oss bakom nätverkets mål och stadens värdegrund om icke-diskriminering, jämställdhet, "
    "jämlikhet och mänskliga rättigheter."
)
MAY_SPEAK = "Jag får företräda organisationen i den här frågan."
NO_TEXTS = "Det går inte att ansöka just nu. Nätverkets mål eller stadens värdegrund är inte fastställd."
TEXT_CHANGED = "Texten har ändrats sedan du läste den. Läs den nya texten och kryssa för igen."
_PLEDGED = {
    TextKind.GOALS: "Vi ställer oss bakom nätverkets mål.",
    TextKind.VALUES: "Vi ställer oss bakom stadens värdegrund om icke-diskriminering, jämställdhet, "
    "jämlikhet och mänskliga rättigheter.",
}


def texts_now() -> dict[TextKind, PledgeText] | None:
    """The text in force of each kind today; None where one is missing: nobody can apply then."""
    found = texts_in_force(as_of=timezone.localdate())
    return found if len(found) == len(TextKind) else None


def as_shown(texts: Mapping[TextKind, PledgeText]) -> dict[str, str]:
    """What a page says of the texts that it shows: the digest of each."""
    return {f"{kind.value}_sha256": text.sha256 for kind, text in texts.items()}


class PledgesForm(StepForm):
    """Two ticks, one for each text, and who it is that says so."""

    goals = must_be_ticked(_PLEDGED[TextKind.GOALS], missing="Kryssa för att ni ställer er bakom målen.")
    values = must_be_ticked(
        _PLEDGED[TextKind.VALUES], missing="Kryssa för att ni ställer er bakom värdegrunden."
    )
    speaker_name = Line("Ditt namn", limit=200, missing="Fyll i ditt namn.")
    speaker_role = Line(
        "Din roll i organisationen",
        limit=120,
        missing="Fyll i din roll i organisationen.",
        help_text="Till exempel verkställande direktör eller ordförande.",
    )
    may_speak = must_be_ticked(MAY_SPEAK, missing="Kryssa för att du får företräda organisationen.")
    goals_sha256 = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)
    values_sha256 = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = texts_now() or {}
        contact = self.of.answers.get("kontakt", {})
        speaker = {"speaker_name": contact.get("name", ""), "speaker_role": contact.get("title", "")}
        for kind, text in self.texts.items():
            if self.initial.get(f"{kind.value}_sha256", text.sha256) != text.sha256:
                self.initial[kind.value] = False
        # The page shows what is in force now, whatever was read before.
        self.initial = {**speaker, **self.initial, **as_shown(self.texts)}
        self.outdated = {kind for kind in self.texts if self._read_before(kind)}
        if self.outdated:
            self.data = self._with_new_texts()

    def clean(self) -> dict[str, Any]:
        """What was ticked is what is in force."""
        for kind in self.outdated:
            self.errors.pop(kind.value, None)
            self.add_error(kind.value, TEXT_CHANGED)
        return super().clean() or {}

    def answers(self) -> dict[str, Any]:
        pks = {f"{kind.value}_text": text.pk for kind, text in self.texts.items()}
        return dict(self.cleaned_data) | pks

    def told(self, answers: dict[str, Any]) -> list[tuple[str, str]]:
        rows = [(_PLEDGED[kind], "Ja" if answers.get(kind.value) else "Nej") for kind in TextKind]
        who = ", ".join(filter(None, (answers.get("speaker_name", ""), answers.get("speaker_role", ""))))
        return [*rows, ("Den som intygar", who), (MAY_SPEAK, "Ja" if answers.get("may_speak") else "Nej")]

    def _read_before(self, kind: TextKind) -> bool:
        return self.is_bound and self.data.get(f"{kind.value}_sha256") != self.texts[kind].sha256

    def _with_new_texts(self) -> Any:
        """What was typed, with the new digests and without the ticks that were for the old words."""
        data = cast(QueryDict, self.data).copy()
        for kind in self.outdated:
            data[f"{kind.value}_sha256"] = self.texts[kind].sha256
            data.pop(kind.value, None)
        return data
