"""This area's actions in the log, and the words for the values that go with them."""

from pakten.watching.models import Outcome

ACTIONS = {
    "watching.recontrol.finished": "kontrollerade om dem som en ändring rör",
    "watching.recontrol.failed": "en omkontroll gick inte att göra",
    "watching.selftest.made": "gjorde ett självtest av kontrollen",
    "watching.halt.pressed": "stoppade allt som görs automatiskt",
    "watching.halt.released": "släppte stoppknappen",
}

FIELDS = {
    "looked_at": "Medlemmar",
    "touched": "Berörda",
    "outcome": "Utfall",
    "planted": "Planterade namn",
    "missed": "Missade",
    "sha256": "Kontrollsumma",
}
CODES = {"outcome": Outcome}
