"""This area's actions in the log, and the words for the values that go with them."""

from pakten.alerts.models import AlertKind, AlertState, Outcome

ACTIONS = {
    "alerts.alert.raised": "något att bedöma kom in",
    "alerts.alert.found_again": "något nytt kom om det som ska bedömas",
    "alerts.alert.settled": "något att bedöma blev inaktuellt",
    "alerts.alert.assigned": "tilldelade något att bedöma",
    "alerts.alert.due_changed": "ändrade datum för något att bedöma",
    "alerts.alert.snoozed": "pausade något att bedöma",
    "alerts.alert.woken": "avslutade en paus",
    "alerts.alert.returned": "något att bedöma kom tillbaka från paus",
    "alerts.alert.reminded": "datumet för något att bedöma passerade",
    "alerts.alert.unanswered": "en begärd uppgift kom inte i tid",
    "alerts.alert.noted": "skrev om något att bedöma",
    "alerts.alert.asked": "begärde en uppgift för att kunna bedöma",
    "alerts.alert.answered": "tog emot en begärd uppgift",
    "alerts.alert.proposed": "föreslog en bedömning",
    "alerts.alert.confirmed": "bekräftade en bedömning",
    "alerts.alert.declined": "höll inte med om en bedömning",
    "alerts.alert.closed": "bedömde",
    "alerts.alert.reopened": "öppnade något bedömt igen",
    "alerts.rule.changed": "ändrade hur snabbt något ska bedömas",
    "alerts.sample.rule_changed": "ändrade stickprovets storlek",
    "alerts.sample.drawn": "drog ett stickprov",
}

FIELDS = {
    "kind": "Slag",
    "state": "Läge",
    "outcome": "Bedömning",
    "to": "Till",
    "until": "Till och med",
    "due_on": "Senast",
    "days": "Dagar",
    "needs_second": "Två personer",
    "share_percent": "Andel i procent",
    "seed": "Frö",
    "eligible": "Utan anmärkning",
    "drawn": "Utvalda",
    "run": "Kontroll",
}
CODES = {"state": AlertState, "outcome": Outcome, "kind": AlertKind}
