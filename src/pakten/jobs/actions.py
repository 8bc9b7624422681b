"""This area's actions in the log, and the words for the values that go with them."""

ACTIONS = {
    "jobs.job.started": "startade ett jobb",
    "jobs.job.restarted": "startade ett jobb igen",
    "jobs.job.stopped": "stoppade ett jobb",
    "jobs.schedule.switched_on": "slog på en tid i tidtabellen",
    "jobs.schedule.switched_off": "slog av en tid i tidtabellen",
}

FIELDS = {
    "kind": "Slag",
    "arguments": "Uppgifter",
    "done": "Klara",
    "total": "Av",
    "actor_id": "Beställare",
    "import_id": "Import",
    "list_id": "Lista",
    "run_id": "Kontroll",
    "mapping": "Kolumner",
    "path": "Fil",
    "version": "Version",
    "is_on": "På",
}
