"""This area's actions in the log, and the words for the values that go with them."""

from pakten.letters.models import Channel, State

ACTIONS = {
    "letters.message.queued": "lade ett utskick i kön",
    "letters.message.sent": "skickade ett utskick",
    "letters.message.given_up": "gav upp att skicka ett utskick",
    "letters.message.tried_again": "lät försöka skicka ett utskick igen",
    "letters.message.redirected": "ändrade adressen för ett utskick",
    "letters.message.stopped": "stoppade ett utskick",
    "letters.message.posted": "skickade ett brev med post",
    "letters.message.disposed": "tog bort texten i gallrade utskick",
}

FIELDS = {
    "to_address": "Adress",
    "to_name": "Mottagare",
    "channel": "Sätt",
    "state": "Läge",
    "about": "Gäller",
    "record": "Handling",
    "attempts": "Försök",
    "error": "Fel",
    "count": "Antal",
}
CODES = {"channel": Channel, "state": State}
