"""Invented entries of a public register, so that the application's form can fill itself in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.demo.numbers import organisation_number
from pakten.organisations.models import Organisation, RegisterInForce
from pakten.organisations.services.registers import RegisterArrival, own_register_id, take_register
from vandel.registers.table_write import Form, write_table

SOURCE = "Påhittat register för demonstration"
HEADERS = ("Organisationsnummer", "Namn", "Organisationsform", "Adress", "Ort", "Status")
# Past those of the network's members and applicants.
FIRST_SERIAL = 71_000
_MISSING_EVERY, _ENDING_EVERY = 25, 120
_ROWS = (
    ("Töblidets Snickeri AB", "aktiebolag", "Snickargränd 4, 100 05", "Staden", "Registrerat"),
    ("Isblommans Städ AB", "aktiebolag", "Kanalvägen 12, 100 11", "Staden", "Registrerat"),
    ("Drivsnöns Logistik AB", "aktiebolag", "Hamnplan 3, 100 20", "Staden", "Registrerat"),
    ("Kornsnöns Café Handelsbolag", "handelsbolag", "Torget 1, 100 02", "Staden", "Registrerat"),
    (
        "Skarens Odling ekonomisk förening",
        "ekonomisk förening",
        "Åkervägen 9, 100 31",
        "Staden",
        "Registrerat",
    ),
    ("Föreningen Vinterljuset", "ideell förening", "Skolgatan 7, 100 08", "Staden", "Registrerat"),
    ("Stiftelsen Snölyktan", "stiftelse", "Lyktgatan 2, 100 14", "Staden", "Registrerat"),
    ("Norrsidans lärcentrum", "förvaltning", "Norrgatan 20, 100 40", "Staden", "Registrerat"),
)


def _members() -> Iterator[tuple[str, ...]]:
    """The network as a register would have it: some are missing there, and a few no longer go on as usual."""
    known = Organisation.objects.filter(org_nr__isnull=False, country="se").order_by("org_nr")
    for place, each in enumerate(known):
        if not each.sole_trader and place % _MISSING_EVERY:
            status = "Likvidation inledd" if place % _ENDING_EVERY == 1 else "Registrerat"
            yield each.org_nr or "", each.legal_name, each.legal_form, each.address, each.place, status


def seed_register(people: list[User]) -> int:
    """Read the entries in, once; how many there are."""
    register_id = own_register_id(SOURCE)
    if RegisterInForce.objects.filter(pk=register_id).exclude(edition_id="").exists():
        return len(_ROWS)
    actor = next(user for user in people if user.role_assignments.filter(role=Role.ADMINISTRATOR))
    rows = [
        (organisation_number(row[1], FIRST_SERIAL + place), *row) for place, row in enumerate(_ROWS, start=1)
    ] + list(_members())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.csv"
        with path.open("wb") as target:
            write_table(target, headers=HEADERS, rows=rows, form=Form.CSV_FOR_PEOPLE)
        arrival = RegisterArrival(timezone.now(), title=SOURCE)
        return take_register(register_id, path, actor=actor, arrival=arrival).entries
