"""Forms of the list and of a deviation's page: they read what was typed; services decide."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from pakten.deviations.fields import at_noon, capital, day, line, seriousness_field, words
from pakten.deviations.models import AGAINST, EvidenceKind, Level, Origin, Seriousness
from pakten.deviations.queries.deviations import ALL_CLOSED, ALL_OPEN, EVERYTHING, DeviationFilters, Sort
from pakten.deviations.queries.waiting import WORDS
from pakten.deviations.services.evidence import KINDS, Attached
from pakten.deviations.services.handling import Assessment
from pakten.organisations.models import Sector
from pakten.records.forms import FilesField
from pakten.records.services import NewFile

_ALL = ("", "Alla")


class DeviationFilter(forms.Form):
    """The filter of the list, as it stands in the address. What it doesn't know is passed over."""

    sok = forms.CharField(label="Sök namn eller ord", required=False, max_length=200)
    niva = forms.ChoiceField(
        label="Nivå",
        required=False,
        choices=[
            ("", "Öppna"),
            *capital(Level.choices),
            (ALL_CLOSED, "Alla avslutade"),
            (EVERYTHING, "Alla"),
        ],
    )
    allvar = forms.ChoiceField(
        label="Hur allvarligt", required=False, choices=[_ALL, *capital(Seriousness.choices)]
    )
    sektor = forms.ChoiceField(label="Sektor", required=False, choices=[_ALL, *capital(Sector.choices)])
    ur = forms.ChoiceField(label="Kommer från", required=False, choices=[_ALL, *capital(Origin.choices)])
    vantar = forms.ChoiceField(
        label="Väntar på", required=False, choices=[_ALL, *((key.value, word) for key, word in WORDS.items())]
    )

    def filters(self, sort: str | None) -> DeviationFilters:
        """What to list."""
        self.is_valid()
        found = self.cleaned_data
        return DeviationFilters(
            search=found.get("sok", ""),
            level=found.get("niva") or ALL_OPEN,
            seriousness=found.get("allvar", ""),
            sector=found.get("sektor", ""),
            origin=found.get("ur", ""),
            waits=found.get("vantar", ""),
            sort=Sort(sort) if sort in set(Sort) else Sort.SEEN_DESC,
        )


class VersionForm(forms.Form):
    """A form about a deviation as the person saw it: ``version``. Several stand on one page: ``ids``."""

    use_required_attribute = False
    ids = "id_%s"
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = self.ids
        super().__init__(*args, **kwargs)


class AssessForm(VersionForm):
    """One person's assessment; also what confirms an observation."""

    ids = "assess_%s"
    seriousness = seriousness_field()
    assessment = words("Vår bedömning", help_text="Vad det betyder och varför. Texten blir allmän handling.")
    follow_up_on = day("Följ upp", required=False, help_text="Dagen då någon tittar igen.")

    def assessment_made(self) -> Assessment:
        """What was typed."""
        values = self.cleaned_data
        return Assessment(Seriousness(values["seriousness"]), values["assessment"], values["follow_up_on"])


class StepForm(VersionForm):
    """A step that one officer takes."""

    ids = "step_%s"
    level = forms.ChoiceField(
        label="Vad vill du göra?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad du vill göra.", "invalid_choice": "Välj ett av stegen."},
    )
    reason = words("Varför?", rows=3)

    def __init__(self, *args: Any, steps: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, steps)


class ProposeForm(VersionForm):
    """A step that another person decides."""

    ids = "propose_%s"
    level = forms.ChoiceField(
        label="Vad föreslår du?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad du föreslår.", "invalid_choice": "Välj ett av stegen."},
    )
    reasons = words("Skäl för beslutet", help_text="Skälen står i beslutet.")
    urgent = words("Varför kan det inte vänta på organisationens svar?", required=False, rows=3)

    def __init__(self, *args: Any, steps: Iterable[tuple[str, str]], unheard: str, **kwargs: Any) -> None:
        """``unheard``: why the organisation has not had its time to answer; empty where it has had it."""
        super().__init__(*args, **kwargs)
        _choose(self, steps)
        self.unheard = unheard
        if not unheard:
            del self.fields["urgent"]
        else:
            self.fields[
                "urgent"
            ].help_text = (
                f"{unheard} Fyll i bara om du föreslår att eskalera eller spärra innan dess. Står i beslutet."
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.unheard and values.get("level") in AGAINST and not values.get("urgent", "").strip():
            told = f"{self.unheard} Vänta på det, eller skriv varför steget inte kan vänta."
            self.add_error("urgent", told)
        return values


class WithdrawForm(VersionForm):
    """Why a proposal is taken back; the version is the proposal's."""

    ids = "withdraw_%s"
    reason = words("Varför tas förslaget tillbaka?", rows=2)


class DecideForm(forms.Form):
    """One press, once."""

    submission = forms.UUIDField(widget=forms.HiddenInput)


class TellForm(VersionForm):
    """What is written to the organisation."""

    ids = "tell_%s"
    text = words(
        "Det här har vi sett",
        rows=6,
        help_text="Skriv så att organisationen förstår. Källorna läggs till i brevet.",
    )
    answer_by = day("Synpunkter senast")


class CommentForm(forms.Form):
    """What came by mail, by telephone or on paper."""

    use_required_attribute = False
    submission = forms.UUIDField(widget=forms.HiddenInput)
    by = line("Från vem?", 200, required=False, help_text="Namnet på den som skrev eller ringde.")
    text = words("Vad organisationen säger", rows=5)
    uploads = FilesField("Filer", help_text="Brevet eller mejlet, om det finns.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["auto_id"] = "comment_%s"
        super().__init__(*args, **kwargs)


class EvidenceForm(VersionForm):
    """A look-up in a register, or a note."""

    ids = "evidence_%s"
    kind = forms.ChoiceField(
        label="Vad är det?",
        choices=capital((kind.value, kind.label) for kind in KINDS),
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad det är.", "invalid_choice": "Välj ett av svaren."},
    )
    title = line("Rubrik", 300)
    source = line("Källa", 200, help_text="Till exempel ”Bolagsverket, Sök företag”.")
    where = line("Adress eller sida", 500, required=False)
    fetched_on = day("När")
    text = words("Vad du såg")
    uploads = FilesField("Filer", help_text="Till exempel en utskrift. Blir en handling i ärendet.")

    def attached(self) -> Attached:
        """What was typed and chosen."""
        values = self.cleaned_data
        return Attached(
            EvidenceKind(values["kind"]),
            values["title"],
            values["text"],
            values["source"],
            at_noon(values["fetched_on"]),
            values["where"],
            tuple(NewFile(str(file.name), file) for file in values["uploads"]),
        )


class DisposeForm(VersionForm):
    """By which decision copies are disposed of."""

    ids = "dispose_%s"
    decision = line("Gallringsbeslut", 100, help_text="Beslutets nummer, till exempel ett diarienummer.")


def _choose(form: forms.Form, steps: Iterable[tuple[str, str]]) -> None:
    field = form.fields["level"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(steps)
