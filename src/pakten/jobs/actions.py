"""This area's actions in the log."""

ACTIONS = {
    "jobs.job.started": "startade ett jobb",
    "jobs.job.restarted": "startade ett jobb igen",
    "jobs.job.stopped": "stoppade ett jobb",
}
