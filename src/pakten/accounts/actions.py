"""This area's actions in the log."""

ACTIONS = {
    "accounts.user.added": "lade till ett konto",
    "accounts.roles.changed": "ändrade roller",
    "accounts.session.opened": "loggade in",
    "accounts.session.closed": "loggade ut",
    "accounts.session.refused": "inloggning misslyckades",
}
