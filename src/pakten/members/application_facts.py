"""Where an application says something else than the organisation's card does."""

from __future__ import annotations

from typing import NamedTuple

from pakten.members.models import Application, CollectiveAgreement
from pakten.organisations.models import Employees, Organisation

# Where in the answers a column of the card is: step, field.
STATED: dict[str, tuple[str, str]] = {
    "legal_name": ("uppgifter", "legal_name"),
    "legal_form": ("uppgifter", "legal_form"),
    "address": ("uppgifter", "address"),
    "place": ("uppgifter", "place"),
    "website": ("uppgifter", "website"),
    "employees": ("uppgifter", "employees"),
    "branch_code": ("uppgifter", "branch_code"),
}
LABELS = {
    "legal_name": "Namn",
    "legal_form": "Organisationsform",
    "address": "Postadress",
    "place": "Ort",
    "website": "Webbplats",
    "employees": "Antal anställda",
    "branch_code": "Bransch (SNI)",
}


class Difference(NamedTuple):
    """One fact: the column, its label, what the application stated and what the card holds, and in words."""

    column: str
    label: str
    stated: str
    known: str

    @property
    def stated_words(self) -> str:
        return _words(self.column, self.stated)

    @property
    def known_words(self) -> str:
        return _words(self.column, self.known) or "saknas"


def differences(application: Application, organisation: Organisation) -> list[Difference]:
    """The facts that were stated and are not what the card says, in the order of the form."""
    found = []
    for column, (step, name) in STATED.items():
        stated = str((application.answers.get(step) or {}).get(name) or "").strip()
        known = str(getattr(organisation, column) or "").strip()
        if stated and stated.casefold() != known.casefold():
            found.append(Difference(column, LABELS[column], stated, known))
    return found


def agreement_of(application: Application) -> CollectiveAgreement:
    """What the application says of a collective agreement; unknown where it says nothing."""
    for step in ("foretag", "forening"):
        stated = (application.answers.get(step) or {}).get("agreement")
        if stated in CollectiveAgreement.values:
            return CollectiveAgreement(stated)
    return CollectiveAgreement.UNKNOWN


def _words(column: str, value: str) -> str:
    if column == "employees" and value in Employees.values:
        return str(Employees(value).label)
    return value
