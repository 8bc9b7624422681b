"""The steps of the application, as data: in which order, for whom, and with which form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pakten.members.forms.apply import ContactForm, FactsForm, NumberForm, WishesForm
from pakten.members.forms.apply_fields import Applicant, StepForm
from pakten.members.forms.apply_pledges import PledgesForm
from pakten.members.forms.apply_sector import FILE_PURPOSES, AssociationForm, CompanyForm, PublicBodyForm
from pakten.organisations.models import Sector

EVERYBODY = (Sector.PRIVATE, Sector.CIVIL, Sector.PUBLIC)
CHECK = "kontrollera"


@dataclass(frozen=True, slots=True)
class Step:
    """One page. ``title`` is its heading, ``short`` its name in the summary, ``files`` what it takes."""

    slug: str
    title: str
    short: str
    form: type[StepForm]
    sectors: tuple[Sector, ...] = EVERYBODY
    files: tuple[tuple[str, str], ...] = ()


STEPS = (
    Step("nummer", "Vilket organisationsnummer har ni?", "Organisationsnummer", NumberForm),
    Step("uppgifter", "Uppgifter om organisationen", "Organisationen", FactsForm),
    Step("kontakt", "Vem ska vi kontakta hos er?", "Kontaktperson", ContactForm),
    Step("onskemal", "Vad vill ni göra i nätverket?", "Vad ni vill göra", WishesForm),
    Step("foretag", "Om företaget", "Om företaget", CompanyForm, (Sector.PRIVATE,)),
    Step(
        "forening",
        "Om föreningen eller stiftelsen",
        "Om föreningen eller stiftelsen",
        AssociationForm,
        (Sector.CIVIL,),
        tuple(FILE_PURPOSES.items()),
    ),
    Step("myndighet", "Vilken myndighet är ni?", "Myndigheten", PublicBodyForm, (Sector.PUBLIC,)),
    Step("intyganden", "Mål och värdegrund", "Mål och värdegrund", PledgesForm),
)


def steps_for(sector: str) -> tuple[Step, ...]:
    """The steps of an applicant of this sector, in order."""
    return tuple(step for step in STEPS if sector in step.sectors)


def step(sector: str, slug: str) -> Step | None:
    """The sector's step with this slug."""
    return next((each for each in steps_for(sector) if each.slug == slug), None)


def first_missing(of: Applicant) -> Step | None:
    """The first step that is not answered; None when all are."""
    return next((each for each in steps_for(of.sector) if each.slug not in of.answers), None)


def form_of(
    step: Step, of: Applicant, *, data: Any = None, initial: dict[str, Any] | None = None
) -> StepForm:
    """The step's form with what was answered before; ``initial`` fills what was not."""
    stored = of.answers.get(step.slug, {})
    if step.form is CompanyForm:
        stored = CompanyForm.as_typed(stored)
    return step.form(data, of=of, initial={**(initial or {}), **stored})
