"""The invented network as a member register, to try the import on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pakten.demo.values import DemoMember, DemoNetwork, DemoPerson
from pakten.members.models import CollectiveAgreement, State
from pakten.organisations.models import PersonRole, Sector
from vandel.registers.table_write import Form, write_table

HEADERS = (
    "Namn",
    "Organisationsnummer",
    "Sektor",
    "Organisationsform",
    "Ort",
    "Webbplats",
    "E-post",
    "Beskrivning",
    "Andra namn",
    "Personer",
    "Medlem från",
    "Status",
    "Kollektivavtal",
)
FORMS = {".csv": Form.CSV_FOR_PEOPLE, ".xlsx": Form.XLSX}


def write_register(network: DemoNetwork, path: Path) -> int:
    """Write the members to ``path``, by its ending Excel or CSV, and tell how many they are."""
    return write_table(path, headers=HEADERS, rows=_rows(network), form=FORMS[path.suffix.lower()])


def _rows(network: DemoNetwork) -> Iterator[tuple[str, ...]]:
    for member in network.members:
        yield _row(member)


def _row(member: DemoMember) -> tuple[str, ...]:
    organisation = member.organisation
    return (
        organisation.name,
        organisation.org_nr,
        str(Sector(organisation.sector).label),
        organisation.legal_form,
        organisation.place,
        organisation.website,
        organisation.email,
        organisation.description,
        "; ".join(organisation.other_names),
        "; ".join(map(_person, organisation.persons)),
        member.joined_on.isoformat(),
        str(State(member.state).label),
        str(CollectiveAgreement(member.agreement).label),
    )


def _person(person: DemoPerson) -> str:
    parts = (person.name, str(PersonRole(person.role).label), person.birth_date)
    return ", ".join(filter(None, parts))
