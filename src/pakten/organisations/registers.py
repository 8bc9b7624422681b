"""Registers that can be asked about an organisation by its number, to save people from typing.

A register is anything with :meth:`Register.look_up`; a city adds its own to ``REGISTERS``. The one that is
always there answers from the table that ``pakten register`` fills.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Protocol

from django.db.models import Exists, OuterRef, Q

from pakten.organisations.models import Organisation, RegisterEntry
from vandel.ids import orgnr


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


class Register(Protocol):
    """Something that knows organisations by number."""

    def look_up(self, org_nr: str) -> RegisterFacts | None:
        """What it says of the organisation with these ten digits; None where it does not know it."""
        ...


class StoredRegister:
    """The register that was read in from a file."""

    def look_up(self, org_nr: str) -> RegisterFacts | None:
        """From the table of entries."""
        entry = RegisterEntry.objects.filter(org_nr=org_nr).first()
        if entry is None:
            return None
        return RegisterFacts(
            legal_name=entry.legal_name,
            legal_form=entry.legal_form,
            address=entry.address,
            place=entry.place,
            status=entry.status,
            source=entry.source,
            recorded_at=entry.recorded_at,
        )


REGISTERS: list[Register] = [StoredRegister()]


def example_number(first_digits: str) -> str:
    """A number, beginning with one of the digits, that the stored register knows and nobody has with us.

    To try a form on, in a demo; empty where there is none.
    """
    known = Organisation.objects.filter(org_nr=OuterRef("org_nr"))
    begins = reduce(or_, (Q(org_nr__startswith=digit) for digit in first_digits))
    free = RegisterEntry.objects.filter(begins, ~Exists(known)).order_by("org_nr")
    return free.values_list("org_nr", flat=True).first() or ""


def look_up(org_nr: str) -> RegisterFacts | None:
    """What the first register that knows the number says. A sole trader's number is asked of none (L-29)."""
    if not org_nr or orgnr.is_personal(org_nr):
        return None
    answers = (register.look_up(org_nr) for register in REGISTERS)
    return next((facts for facts in answers if facts is not None), None)
