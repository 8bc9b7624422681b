"""The registers' codes in words, as their publishers give them (Swedish, GLEIF's in English)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

FORMS: Final[Mapping[str, str]] = {
    "AB": "Aktiebolag",
    "BAB": "Bankaktiebolag",
    "BF": "Bostadsförening",
    "BFL": "Utländsk banks filial",
    "BRF": "Bostadsrättsförening",
    "E": "Enskild näringsverksamhet",
    "EB": "Enkla bolag",
    "EEIG": "Europeisk ekonomisk intressegruppering",
    "EGTS": "Europeisk gruppering för territoriellt samarbete",
    "EK": "Ekonomisk förening",
    "FAB": "Försäkringsaktiebolag",
    "FF": "Försäkringsförmedlare",
    "FL": "Filial",
    "FOF": "Försäkringsförening",
    "HB": "Handelsbolag",
    "I": "Ideell förening som bedriver näringsverksamhet",
    "KB": "Kommanditbolag",
    "KHF": "Kooperativ hyresrättsförening",
    "MB": "Medlemsbank",
    "OFB": "Ömsesidigt försäkringsbolag",
    "OTPB": "Ömsesidigt tjänstepensionsbolag",
    "S": "Stiftelse som bedriver näringsverksamhet",
    "SB": "Sparbank",
    "SCE": "Europakooperativ",
    "SE": "Europabolag",
    "SF": "Sambruksförening",
    "TPAB": "Tjänstepensionsaktiebolag",
    "TPF": "Tjänstepensionsförening",
    "TSF": "Trossamfund som bedriver näringsverksamhet",
}
CAUSES: Final[Mapping[str, str]] = {
    "AKEJH": "Aktiekapitalet har inte höjts",
    "ARSEED": "Årsredovisning saknas",
    "AVREG": "Avregistrerad",
    "BABAKEJH": "Ombildat till bankaktiebolag eller aktiekapitalet inte höjt",
    "DELAV": "Delning",
    "DOM": "Beslut av domstol",
    "FUAV": "Fusion",
    "GROMAV": "Gränsöverskridande ombildning",
    "KKAV": "Konkurs",
    "LIAV": "Likvidation",
    "NYINN": "Ny innehavare",
    "OMAV": "Ombildning",
    "OMBAB": "Ombildat till bankaktiebolag",
    "OVERK": "Overksamhet",
    "UTLKKLI": "Det utländska företagets likvidation eller konkurs",
    "VDSAK": "Verkställande direktör saknas",
    "VERKUPP": "Verksamheten har upphört",
}
PROCEEDINGS: Final[Mapping[str, str]] = {
    "AC": "Ackordsförhandling",
    "DEOL": "Överlåtande vid delning",
    "DEOT": "Övertagande vid delning",
    "FR": "Företagsrekonstruktion",
    "FUOL": "Överlåtande i fusion",
    "FUOT": "Övertagande i fusion",
    "GROM": "Gränsöverskridande ombildning",
    "KK": "Konkurs",
    "LI": "Likvidation",
    "OM": "Ombildning",
    "RES": "Resolution",
}
# Proceedings that tell of an organisation that may cease or can't pay; a merger that it takes part in as
# the acquiring one (FUOT) does not.
DISTRESS: Final = frozenset({"AC", "FR", "KK", "LI", "RES"})
LEGAL_FORMS: Final[Mapping[str, str]] = {
    "21": "Enkla bolag",
    "22": "Partrederier",
    "23": "Värdepappersfonder",
    "31": "Handelsbolag, kommanditbolag",
    "32": "Gruvbolag",
    "41": "Bankaktiebolag",
    "42": "Försäkringsaktiebolag",
    "43": "Europabolag",
    "49": "Övriga aktiebolag",
    "51": "Ekonomiska föreningar",
    "53": "Bostadsrättsföreningar",
    "54": "Kooperativa hyresrättsföreningar",
    "55": "Europakooperativ, grupperingar för territoriellt samarbete",
    "61": "Ideella föreningar",
    "62": "Samfälligheter",
    "63": "Registrerade trossamfund",
    "71": "Familjestiftelser",
    "72": "Övriga stiftelser och fonder",
    "81": "Statliga enheter",
    "82": "Kommuner",
    "83": "Kommunalförbund",
    "84": "Regioner",
    "85": "Allmänna försäkringskassor",
    "86": "Enheter inom Svenska kyrkan",
    "87": "Offentliga korporationer och anstalter",
    "88": "Hypoteksföreningar",
    "89": "Regionala statliga myndigheter",
    "92": "Ömsesidiga försäkringsbolag",
    "93": "Sparbanker",
    "94": "Understöds- och försäkringsföreningar",
    "95": "Arbetslöshetskassor",
    "96": "Utländska juridiska personer",
    "98": "Övriga svenska juridiska personer enligt särskild lag",
    "99": "Juridisk form ej utredd",
}
PUBLIC_LEGAL_FORMS: Final = frozenset({"81", "82", "83", "84", "85", "87", "89"})
STANDINGS: Final[Mapping[str, str]] = {
    "0": "Har aldrig varit verksam",
    "1": "Verksam",
    "9": "Inte längre verksam",
}
NO_PARENT: Final[Mapping[str, str]] = {
    "NATURAL_PERSONS": "owned by natural persons; no organisation consolidates it",
    "NON_CONSOLIDATING": "no organisation above it is required to consolidate it",
    "NO_KNOWN_PERSON": "there is no known person who controls it",
    "NO_LEI": "the organisation above it has no LEI",
    "NON_PUBLIC": "the information is not public",
    "BINDING_LEGAL_COMMITMENTS": "a legal commitment forbids telling",
    "LEGAL_OBSTACLES": "a law forbids telling",
    "CONSENT_NOT_OBTAINED": "the organisation above it does not consent",
    "DETRIMENT_NOT_EXCLUDED": "telling could do harm",
    "DISCLOSURE_DETRIMENTAL": "telling would do harm",
}


def in_words(table: Mapping[str, str], code: str) -> str:
    """A code's words, or the code itself where the publisher has a new one."""
    return table.get(code, code)
