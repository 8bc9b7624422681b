"""This area's actions in the log."""

ACTIONS = {
    "organisations.name.added": "lade till ett namn",
    "organisations.organisations.created": "lade till flera organisationer",
    "organisations.organisations.deleted": "tog bort flera organisationer",
    "organisations.organisation.created": "lade till en organisation",
    "organisations.organisation.changed": "ändrade uppgifter om en organisation",
    "organisations.organisation.restored": "återställde uppgifter om en organisation",
    "organisations.organisation.deleted": "tog bort en organisation",
    "organisations.person.added": "lade till en person i ledningen",
    "organisations.person.ended": "avslutade en persons uppdrag",
    "organisations.stake.added": "lade till en ägare",
    "organisations.stake.ended": "avslutade ett ägande",
}
