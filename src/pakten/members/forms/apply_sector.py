"""What is asked of a company, of an association or foundation, and of a public body."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from pakten.members.forms.apply_fields import Line, StepForm, choice, choices
from pakten.members.models import CollectiveAgreement
from pakten.organisations.models import OwnerType
from vandel.ids import orgnr

AGREEMENT = "Har arbetsplatsen kollektivavtal?"
AGREEMENTS = (
    (CollectiveAgreement.BOUND.value, "Ja"),
    (CollectiveAgreement.EQUIVALENT.value, "Nej, men motsvarande villkor"),
    (CollectiveAgreement.NO.value, "Nej"),
    (CollectiveAgreement.NO_EMPLOYEES.value, "Vi har inga anställda"),
    (CollectiveAgreement.UNKNOWN.value, "Vet inte"),
)
# Nobody has room for a fifth owner of a quarter.
OWNERS = range(1, 5)
LEAST_SHARE = 25
DEMOCRACY = (
    ("elects", "Medlemmarna väljer styrelsen"),
    ("auditor", "En revisor granskar oss"),
    ("meeting", "Vi håller årsmöte minst en gång om året"),
    ("foundation", "Vi är en stiftelse och har inga medlemmar"),
)
STATUTES, MINUTES = "statutes", "minutes"
FILE_PURPOSES = {STATUTES: "Stadgar", MINUTES: "Protokoll från det senaste årsmötet"}


def _agreement() -> forms.ChoiceField:
    return choice(
        AGREEMENT,
        AGREEMENTS,
        missing="Välj ett svar. Det går bra att svara Vet inte.",
        help_text="Svaret är en upplysning. Det avgör inte om ni blir medlem.",
    )


class Share(forms.DecimalField):
    """A number of per cent, with or without the sign."""

    def to_python(self, value: Any) -> Any:
        typed = value.strip().removesuffix("%").strip() if isinstance(value, str) else value
        return super().to_python(typed)


def _share() -> forms.DecimalField:
    return Share(
        label="Andel i procent",
        required=False,
        min_value=LEAST_SHARE,
        max_value=100,
        max_digits=7,
        decimal_places=4,
        localize=True,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            "Skriv andelen som ett tal från 25 till 100.",
        ),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input-short"}),
    )


class CompanyForm(StepForm):
    """Collective agreement, group and owners."""

    agreement = _agreement()
    parent_name = Line("Koncernens moderbolag", limit=300, help_text="Bara om ni ingår i en koncern.")
    parent_org_nr = forms.CharField(
        label="Moderbolagets organisationsnummer",
        required=False,
        max_length=40,
        help_text="Om det är svenskt.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-short"}),
    )
    no_owner = forms.BooleanField(label="Ingen äger 25 procent eller mer", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_owners = not self.of.answers.get("nummer", {}).get("sole_trader", False)
        if not self.asks_owners:
            del self.fields["no_owner"], self.fields["parent_name"], self.fields["parent_org_nr"]
            return
        for place in OWNERS:
            self.fields[f"owner_{place}_name"] = Line("Namn", limit=300)
            self.fields[f"owner_{place}_type"] = choice(
                "Ägaren är",
                ((OwnerType.PERSON.value, "en person"), (OwnerType.ORGANISATION.value, "en organisation")),
            )
            self.fields[f"owner_{place}_share"] = _share()
            for part, called in (("name", "namn"), ("type", "vad ägaren är"), ("share", "andel")):
                # On the page the owner's number stands above; in the list of errors nothing else says it.
                self.fields[f"owner_{place}_{part}"].told_label = f"Ägare {place}, {called}"  # type: ignore[attr-defined]

    def owner_rows(self) -> list[dict[str, Any]]:
        """The fields of the first owner, and of each that holds something, for the page."""
        return [self._row(place) for place in OWNERS if place == 1 or self._holds(place)]

    def closed_owners(self) -> list[dict[str, Any]]:
        """The fields of the owners that nobody has begun with."""
        return [self._row(place) for place in OWNERS if place > 1 and not self._holds(place)]

    def clean_parent_org_nr(self) -> str:
        """Ten digits of an organisation, or empty."""
        typed = self.cleaned_data["parent_org_nr"]
        if not typed:
            return ""
        number = orgnr.normalize(typed)
        if number is None or orgnr.is_personal(number):
            raise ValidationError("Numret stämmer inte. Kontrollera att alla siffror är rätt.")
        return number

    def clean(self) -> dict[str, Any]:
        """Owners are whole, at most everything, and either named or said to be none."""
        found = super().clean() or {}
        if not self.asks_owners:
            return found
        named = [place for place in OWNERS if found.get(f"owner_{place}_name")]
        for place in OWNERS:
            self._check_owner(place, found)
        if not named and not found.get("no_owner") and not any("owner" in name for name in self.errors):
            self.add_error(
                "owner_1_name", "Skriv vem som äger minst 25 procent, eller kryssa för att ingen gör det."
            )
        if named and found.get("no_owner"):
            self.add_error("no_owner", "Ta bort krysset, eller ta bort ägarna.")
        if sum(found.get(f"owner_{place}_share") or 0 for place in OWNERS) > 100:
            self.add_error("owner_1_share", "Andelarna blir mer än 100 procent tillsammans.")
        return found

    def answers(self) -> dict[str, Any]:
        found = {name: value for name, value in self.cleaned_data.items() if not name.startswith("owner_")}
        owners = [self._owner(place) for place in OWNERS] if self.asks_owners else []
        return found | {"owners": [owner for owner in owners if owner["name"]]}

    @staticmethod
    def as_typed(answers: dict[str, Any]) -> dict[str, Any]:
        """The stored answers as the fields show them."""
        shown = dict(answers)
        for place, owner in enumerate(shown.pop("owners", ()), start=1):
            share = owner["share"].replace(".", ",")
            values = {"name": owner["name"], "type": owner["type"], "share": share}
            shown |= {f"owner_{place}_{part}": value for part, value in values.items()}
        return shown

    def told(self, answers: dict[str, Any]) -> list[tuple[str, str]]:
        agreement = [(AGREEMENT, self._told(self.fields["agreement"], answers.get("agreement")))]
        if not self.asks_owners:
            return agreement
        parent = [answers.get("parent_name", ""), orgnr.format(answers.get("parent_org_nr", ""))]
        owners = [_owner_line(owner) for owner in answers.get("owners", ())]
        return [
            *agreement,
            ("Moderbolag", ", ".join(filter(None, parent)) or "Ingår inte i en koncern"),
            ("Äger 25 procent eller mer", "\n".join(owners) or "Ingen"),
        ]

    def _row(self, place: int) -> dict[str, Any]:
        return {"place": place} | {part: self[f"owner_{place}_{part}"] for part in ("name", "type", "share")}

    def _holds(self, place: int) -> bool:
        return any(self[f"owner_{place}_{part}"].value() for part in ("name", "share"))

    def _owner(self, place: int) -> dict[str, Any]:
        share = self.cleaned_data[f"owner_{place}_share"]
        return {
            "name": self.cleaned_data[f"owner_{place}_name"],
            "type": self.cleaned_data[f"owner_{place}_type"],
            "share": "" if share is None else f"{share.normalize():f}",
        }

    def _check_owner(self, place: int, found: dict[str, Any]) -> None:
        name, kind = found.get(f"owner_{place}_name"), found.get(f"owner_{place}_type")
        if name and not kind and f"owner_{place}_type" not in self.errors:
            self.add_error(f"owner_{place}_type", "Välj om ägaren är en person eller en organisation.")
        if (
            not name
            and found.get(f"owner_{place}_share") is not None
            and f"owner_{place}_name" not in self.errors
        ):
            self.add_error(f"owner_{place}_name", "Skriv ägarens namn.")


def _owner_line(owner: dict[str, Any]) -> str:
    kind = OwnerType(owner["type"]).label if owner.get("type") else ""
    share = f"{owner['share'].replace('.', ',')} procent" if owner.get("share") else "andel inte angiven"
    return f"{owner['name']} ({kind}), {share}"


def owner_share(text: str) -> Decimal | None:
    """The stored share as a number; None where it was not said."""
    return Decimal(text) if text else None


class AssociationForm(StepForm):
    """Statutes and minutes as files, the conditions of democracy as statements, collective agreement."""

    democracy = choices(
        "Vad stämmer om er?",
        DEMOCRACY,
        help_text="Kryssa bara för det som stämmer. Vi frågar om något är oklart.",
    )
    agreement = _agreement()
    files_later = forms.BooleanField(label="Vi skickar stadgar eller protokoll senare", required=False)
    field_order = ("democracy", "files_later", "agreement")


class PublicBodyForm(StepForm):
    """Which authority, and which of its units takes part."""

    authority = Line(
        "Myndighet eller förvaltning",
        limit=300,
        missing="Fyll i vilken myndighet eller förvaltning det är.",
        help_text="Till exempel Utbildningsförvaltningen.",
    )
    unit = Line(
        "Enhet", limit=300, help_text="Frivilligt. Om det bara är en del av myndigheten som ska vara med."
    )
