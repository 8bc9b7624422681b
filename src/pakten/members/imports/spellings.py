"""The ways in which people write the words that we know, folded by ``search_key``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TypeVar

from pakten.members.models import CollectiveAgreement, State
from pakten.organisations.keys import search_key
from pakten.organisations.models import PersonRole, Sector

Choice = TypeVar("Choice", bound=Enum)

# What people write in a cell that says nothing.
BLANKS = frozenset({"", "-", "--", "n/a", "#n/a", "null", "none", "saknas", "uppgift saknas", "ej angivet"})


def _folded(spellings: Mapping[Choice, Iterable[str]]) -> dict[str, Choice]:
    return {search_key(text): choice for choice, texts in spellings.items() for text in texts}


SECTORS = _folded(
    {
        Sector.PRIVATE: (
            "private", "privat", "privat näringsliv", "näringsliv", "näringslivet", "privat sektor",
            "privata sektorn", "privat aktör", "företag", "privat företag", "bolag", "business", "company",
            "private sector", "private company", "ab", "aktiebolag", "hb", "handelsbolag", "kb",
            "kommanditbolag", "enskild firma", "enskild näringsidkare", "ef",
        ),
        Sector.CIVIL: (
            "civil", "civilsamhälle", "civilsamhället", "civila samhället", "civil sektor", "ideell",
            "ideell sektor", "ideell organisation", "ideell förening", "förening", "idéburen",
            "idéburen sektor", "idéburen organisation", "stiftelse", "folkrörelse", "civil society", "ngo",
            "non-profit", "nonprofit",
        ),
        Sector.PUBLIC: (
            "public", "offentlig", "offentlig sektor", "offentliga sektorn", "offentlig verksamhet",
            "offentlig aktör", "offentligt", "kommun", "kommunal", "region", "myndighet", "stat", "statlig",
            "public sector", "public body",
        ),
    }
)  # fmt: skip

STATES = _folded(
    {
        State.ACTIVE: ("active", "aktiv", "medlem", "aktiv medlem", "pågående", "ja"),
        State.DORMANT: ("dormant", "vilande", "passiv", "inaktiv", "pausad", "vilande medlem"),
        State.ENDED: ("ended", "avslutad", "avslutat", "utträdd", "har lämnat", "inte medlem", "ej medlem"),
    }
)

AGREEMENTS = _folded(
    {
        CollectiveAgreement.BOUND: (
            "bound", "ja", "yes", "har kollektivavtal", "kollektivavtal", "bunden", "hängavtal",
            "via arbetsgivarorganisation",
        ),
        CollectiveAgreement.EQUIVALENT: (
            "equivalent_terms_stated", "motsvarande villkor", "uppger motsvarande villkor",
            "nej, men motsvarande villkor", "nej men motsvarande villkor", "equivalent terms",
        ),
        CollectiveAgreement.NO: ("no", "nej", "har inte kollektivavtal", "inget kollektivavtal", "inget"),
        CollectiveAgreement.UNKNOWN: ("unknown", "okänt", "okänd", "vet inte", "vet ej", "?", "ej svar"),
        CollectiveAgreement.NO_EMPLOYEES: (
            "no_employees", "inga anställda", "har inga anställda", "vi har inga anställda", "no employees",
        ),
    }
)  # fmt: skip

ROLES = _folded(
    {
        PersonRole.BOARD: (
            "board", "styrelse", "styrelseledamot", "ledamot", "ordförande", "styrelseordförande",
            "ordf", "vice ordförande", "suppleant", "styrelsesuppleant", "kassör", "sekreterare",
            "board member", "chair", "director",
        ),
        PersonRole.SIGNATORY: ("signatory", "firmatecknare", "tecknar firman", "authorised signatory"),
        PersonRole.MANAGING_DIRECTOR: (
            "managing_director", "vd", "verkställande direktör", "ceo", "managing director", "vice vd",
        ),
        PersonRole.BENEFICIAL_OWNER: (
            "beneficial_owner", "verklig huvudman", "huvudman", "beneficial owner", "ubo",
        ),
    }
)  # fmt: skip
