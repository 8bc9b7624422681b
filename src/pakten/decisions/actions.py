"""This area's actions in the log, and the words for the values that go with them."""

from pakten.accounts.models import Role
from pakten.decisions.models import DecisionKind, When

ACTIONS = {
    "decisions.decision.proposed": "fattade ett beslut som väntar på en andra person",
    "decisions.decision.made": "lät ett beslut gälla",
    "decisions.decision.returned": "skickade tillbaka ett beslut till beredning",
    "decisions.decision.withdrawn": "tog tillbaka ett beslut som väntade på en andra person",
    "decisions.report.made": "anmälde delegationsbeslut till nämnden",
    "decisions.item.added": "ändrade delegationsordningen",
    "decisions.item.ended": "lät en punkt i delegationsordningen upphöra",
    "decisions.rule.changed": "ändrade en regel för beslut",
}
FIELDS = {
    "kind": "Beslut",
    "subject": "Gäller",
    "text": "Lydelse",
    "item": "Punkt",
    "board": "Nämnd",
    "decided_by": "Beslutat av",
    "prepared_by": "Berett av",
    "has_deviation": "Något avviker",
    "record": "Diarienummer",
    "meeting_date": "Sammanträde",
    "decisions": "Antal beslut",
    "number": "Nummer",
    "role": "Får beslutas av",
    "valid_from": "Gäller från",
    "valid_to": "Gäller till",
    "paper": "Nämndens beslut",
    "second_look": "En andra person ska hålla med",
    "bars_preparer": "Den som berett får inte besluta",
    "is_execution": "Verkställighet när inget avviker",
}
CODES = {"kind": DecisionKind, "role": Role, "second_look": When, "bars_preparer": When}
