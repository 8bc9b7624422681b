"""This area's actions in the log, and the words for the values that go with them."""

from pakten.members.imports.fields import FIELDS as COLUMNS
from pakten.members.models import CollectiveAgreement, Outcome, State

ACTIONS = {
    "members.import.uploaded": "lade upp ett medlemsregister",
    "members.import.tried": "provkörde ett medlemsregister",
    "members.import.applied": "läste in ett medlemsregister",
    "members.import.undone": "ångrade en inläsning",
    "members.memberships.admitted": "tog in flera medlemmar",
    "members.memberships.withdrawn": "tog bort flera felaktiga medlemskap",
    "members.membership.admitted": "tog in en medlem",
    "members.membership.changed": "ändrade ett medlemskap",
    "members.membership.ended": "avslutade ett medlemskap",
    "members.membership.made_dormant": "gjorde ett medlemskap vilande",
    "members.membership.resumed": "återupptog ett medlemskap",
    "members.membership.restored": "återställde ett medlemskap",
    "members.membership.withdrawn": "tog bort ett felaktigt medlemskap",
}

FIELDS = (
    {name: column.label for name, column in COLUMNS.items()}
    | {outcome.value: str(outcome.label) for outcome in Outcome}
    | {
        "file": "Fil",
        "sha256": "Kontrollsumma",
        "length": "Storlek i byte",
        "fault": "Fel",
        "mapping": "Kolumner",
        "counts": "Rader",
        "on": "Från och med",
        "count": "Antal",
        "organisations": "Organisationer",
        "taken_back": "Återtagna rader",
        "kept": "Rader som är kvar",
    }
)
CODES = {"state": State, "collective_agreement": CollectiveAgreement}
