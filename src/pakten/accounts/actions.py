"""This area's actions in the log, and the words for the values that go with them."""

from pakten.accounts.models import Role

ACTIONS = {
    "accounts.user.added": "lade till ett konto",
    "accounts.user.closed": "stängde ett konto",
    "accounts.user.opened": "öppnade ett konto igen",
    "accounts.roles.changed": "ändrade roller",
    "accounts.password.link_made": "gjorde en länk för att välja lösenord",
    "accounts.password.chosen": "valde lösenord",
    "accounts.session.opened": "loggade in",
    "accounts.session.closed": "loggade ut",
    "accounts.session.refused": "inloggning misslyckades",
    "accounts.session.others_closed": "loggade ut från andra enheter",
    "accounts.factor.added": "lade till ett sätt att logga in",
    "accounts.factor.removed": "tog bort ett sätt att logga in",
    "accounts.filter.saved": "sparade ett filter",
    "accounts.filter.deleted": "tog bort ett sparat filter",
    "accounts.factor.renewed": "gjorde nya reservkoder",
}

FIELDS = {
    "username": "Användarnamn",
    "roles": "Roller",
    "throttled": "Stoppad efter många försök",
    "methods": "Sätt att logga in",
    "provider": "Legitimeringstjänst",
    "sessions": "Antal inloggningar",
    "why": "Varför",
    "page": "Sida",
    "query": "Filter",
    "shared": "Delat",
}
CODES = {"roles": Role}
