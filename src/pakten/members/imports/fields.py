"""What a register may tell of a member, under which headers, and how each cell is read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from pakten.members.imports import values
from pakten.organisations.keys import search_key
from pakten.organisations.models import PersonRole


class Kind(StrEnum):
    """Where a value goes."""

    ORGANISATION = "organisation"
    MEMBERSHIP = "membership"
    PERSONS = "persons"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a column may hold. ``headers`` are known headers, besides the label and the name."""

    name: str
    label: str
    kind: Kind
    read: Callable[[str], Any]
    headers: tuple[str, ...] = ()
    longest: int = 0  # 0: no ceiling of its own
    hint: str = ""

    @property
    def known_headers(self) -> frozenset[str]:
        return frozenset(header_key(text) for text in (self.name, self.label, *self.headers))


def header_key(header: str) -> str:
    """A header without case, accents and punctuation: ``Org.nr`` and ``org nr`` are the same."""
    return re.sub(r"[^a-z0-9]", "", search_key(header))


_ORGANISATION = (
    Field("legal_name", "Namn", Kind.ORGANISATION, values.text, (
        "organisation", "organisationsnamn", "organisationens namn", "medlem", "medlemsorganisation",
        "företag", "företagsnamn", "bolag", "bolagsnamn", "firma", "name", "organisation name", "company",
        "company name", "member", "legal name",
    ), 300, "Krävs"),
    Field("org_nr", "Organisationsnummer", Kind.ORGANISATION, values.org_nr, (
        "orgnr", "org nummer", "organisationsnr", "orgnummer", "organization number", "organisation number",
        "registration number", "company number", "orgno",
    ), 0, "Tio siffror. Rader utan nummer tas in och märks."),
    Field("sector", "Sektor", Kind.ORGANISATION, values.sector, (
        "typ av organisation", "organisationstyp", "medlemstyp", "kategori", "type", "category",
    ), 0, "Krävs för nya medlemmar"),
    Field("legal_form", "Organisationsform", Kind.ORGANISATION, values.text, (
        "juridisk form", "bolagsform", "företagsform", "form", "legal form",
    ), 100),
    Field("place", "Ort", Kind.ORGANISATION, values.text, (
        "kommun", "postort", "stad", "säte", "city", "municipality", "town", "place",
    ), 100),
    Field("website", "Webbplats", Kind.ORGANISATION, values.website, (
        "webb", "hemsida", "webbadress", "url", "web", "www", "homepage", "site",
    ), 500),
    Field("email", "E-post", Kind.ORGANISATION, values.text, (
        "epostadress", "mejl", "mail", "mejladress", "mailadress", "kontakt e-post", "email address",
    ), 254),
    Field("phone", "Telefon", Kind.ORGANISATION, values.text, (
        "telefonnummer", "tel", "mobil", "phone number",
    ), 50),
    Field("description", "Beskrivning", Kind.ORGANISATION, values.long_text, (
        "om organisationen", "verksamhet", "verksamhetsbeskrivning", "about", "notes",
    )),
    Field("other_names", "Andra namn", Kind.NAMES, values.other_names, (
        "bifirma", "bifirmor", "namn i bruk", "alias", "kortnamn", "kallas", "trading name",
    ), 0, "Flera namn skiljs åt med semikolon"),
)  # fmt: skip

_MEMBERSHIP = (
    Field("joined_on", "Medlem från", Kind.MEMBERSHIP, values.day, (
        "medlem sedan", "datum för inträde", "inträde", "inträdesdatum", "anslutningsdatum", "startdatum",
        "medlem fr o m", "joined", "joined date", "member since", "start date",
    )),
    Field("state", "Status", Kind.MEMBERSHIP, values.state, (
        "medlemsstatus", "medlemskap", "tillstånd", "membership status",
    ), 0, "Utan status blir nya medlemmar aktiva"),
    Field("ended_on", "Medlem till", Kind.MEMBERSHIP, values.day, (
        "utträde", "utträdesdatum", "slutdatum", "medlem t o m", "left", "ended", "end date",
    )),
    Field("collective_agreement", "Kollektivavtal", Kind.MEMBERSHIP, values.agreement, (
        "kollektiv avtal", "avtal", "collective agreement",
    )),
)  # fmt: skip

_PERSONS = (
    Field("persons", "Personer", Kind.PERSONS, values.persons, (
        "företrädare", "kända personer", "personer och roller", "people", "representatives",
    ), 0, "”Namn, roll; Namn, roll”"),
    Field("board", "Styrelse", Kind.PERSONS, partial(values.persons, default=PersonRole.BOARD), (
        "styrelseledamöter", "ledamöter", "styrelsemedlemmar", "board members", "directors",
    )),
    Field("signatory", "Firmatecknare", Kind.PERSONS, partial(values.persons, default=PersonRole.SIGNATORY), (
        "tecknar firman", "signatories",
    )),
    Field("managing_director", "Verkställande direktör", Kind.PERSONS,
          partial(values.persons, default=PersonRole.MANAGING_DIRECTOR), ("vd", "ceo")),
    Field("beneficial_owner", "Verklig huvudman", Kind.PERSONS,
          partial(values.persons, default=PersonRole.BENEFICIAL_OWNER),
          ("verkliga huvudmän", "huvudman", "beneficial owners", "ubo")),
)  # fmt: skip

FIELDS: dict[str, Field] = {field.name: field for field in (*_ORGANISATION, *_MEMBERSHIP, *_PERSONS)}


def suggest(headers: Sequence[str]) -> dict[str, str]:
    """Field name to header, for every header that we know; the first of several wins."""
    mapping: dict[str, str] = {}
    for header in headers:
        for field in FIELDS.values():
            if field.name not in mapping and header_key(header) in field.known_headers:
                mapping[field.name] = header
                break
    return mapping


def fingerprint(headers: Sequence[str]) -> str:
    """The same for files with the same headers in the same order."""
    return hashlib.sha256("\n".join(map(header_key, headers)).encode()).hexdigest()
