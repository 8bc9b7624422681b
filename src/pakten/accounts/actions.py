"""This area's actions in the log, and the words for the values that go with them."""

from pakten.accounts.models import Role

ACTIONS = {
    "accounts.user.added": "lade till ett konto",
    "accounts.roles.changed": "ändrade roller",
    "accounts.session.opened": "loggade in",
    "accounts.session.closed": "loggade ut",
    "accounts.session.refused": "inloggning misslyckades",
}

FIELDS = {"username": "Användarnamn", "roles": "Roller", "throttled": "Stoppad efter många försök"}
CODES = {"roles": Role}
