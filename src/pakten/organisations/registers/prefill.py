"""What a register's file says of a number, for a form to begin with; never more than that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from pakten.organisations.models import Organisation
from pakten.organisations.registers.books import in_force, opened
from vandel.ids import orgnr
from vandel.registers import facts as engine
from vandel.registers.facts import Field, Outcome
from vandel.registers.refusal import RegisterRefused

_ASKED_FOR = 50
_PLACE = re.compile(r"(?P<rest>.*?)(?:,\s*|^)(?P<code>\d{3} ?\d{2})?\s*(?P<place>[^,\d]+)")


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """What a register says: empty texts where it says nothing; ``source`` and ``recorded_at`` tell of it."""

    legal_name: str
    legal_form: str
    address: str
    place: str
    status: str
    source: str
    recorded_at: datetime


def look_up(org_nr: str) -> RegisterFacts | None:
    """What the first register that knows the number says. A sole trader's number is asked of none (L-29).

    A register whose edition is damaged is passed over: the form is then filled in by hand.
    """
    if not orgnr.is_valid(org_nr) or orgnr.is_personal(org_nr):
        return None
    for row in in_force():
        try:
            with opened(row) as book:
                said = book.by_number(org_nr)
        except RegisterRefused:
            continue
        if said.outcome is Outcome.FOUND and said.values(Field.NAME):
            return _facts(said, row.title)
    return None


def example_number(first_digits: str) -> str:
    """A number, beginning with one of the digits, that a register knows and nobody has with us.

    To try a form on, in a demo; empty where there is none.
    """
    for row in in_force():
        try:
            with opened(row) as book:
                numbers = [n for digit in first_digits for n in book.numbers(digit, limit=_ASKED_FOR)]
        except RegisterRefused:
            continue
        taken = set(Organisation.objects.filter(org_nr__in=numbers).values_list("org_nr", flat=True))
        if free := next((number for number in sorted(numbers) if number not in taken), ""):
            return free
    return ""


def divided(address: str) -> tuple[str, str]:
    """Street with postcode, and place: ``("Gatan 1, 100 05", "Staden")`` of ``"Gatan 1, 100 05 Staden"``."""
    found = _PLACE.fullmatch(address)
    if found is None:
        return address, ""
    return ", ".join(filter(None, (found["rest"], found["code"]))), found["place"].strip()


def standing_words(said: engine.RegisterFacts) -> str:
    """The register's own words for whether it goes on; empty = it says nothing."""
    if ended := said.values(Field.DEREGISTERED_ON):
        return f"Avregistrerad {ended[0]}"
    return next(iter((*said.values(Field.PROCEEDING), *said.values(Field.ACTIVE))), "")


def _facts(said: engine.RegisterFacts, title: str) -> RegisterFacts:
    assert said.source is not None
    address, place = divided(next(iter(said.values(Field.ADDRESS)), ""))
    return RegisterFacts(
        legal_name=said.values(Field.NAME)[0],
        legal_form=next(iter(said.values(Field.LEGAL_FORM)), ""),
        address=address,
        place=place,
        status=standing_words(said),
        source=title,
        recorded_at=said.source.fetched_at,
    )
