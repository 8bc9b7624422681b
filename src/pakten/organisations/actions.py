"""This area's actions in the log, and the words for the values that go with them."""

from pakten.organisations.models import OrganisationName, OwnerType, PersonRole, Sector

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

FIELDS = {
    "legal_name": "Namn",
    "org_nr": "Organisationsnummer",
    "legal_form": "Organisationsform",
    "sector": "Sektor",
    "place": "Ort",
    "country": "Registreringsland",
    "website": "Webbplats",
    "email": "E-post",
    "phone": "Telefon",
    "description": "Beskrivning",
    "persons": "Personer",
    "other_names": "Andra namn",
    "name": "Namn",
    "kind": "Slag",
    "role": "Roll",
    "birth_date": "Födelsetid",
    "valid_from": "Från",
    "valid_to": "Till",
    "owner_type": "Ägaren är",
    "owner_name": "Ägare",
    "owner_org_nr": "Ägarens organisationsnummer",
    "owner_country": "Ägarens registreringsland",
    "owner_birth_date": "Ägarens födelsetid",
    "owner": "Ägarens sida",
    "percentage": "Andel i procent",
    "count": "Antal",
    "organisations": "Organisationer",
}
CODES = {"sector": Sector, "kind": OrganisationName.Kind, "role": PersonRole, "owner_type": OwnerType}
