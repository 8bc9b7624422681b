from datetime import time
from typing import Any

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "pakten.jobs"

    def ready(self) -> None:
        """Hear when a task ends, however it ended, and clear the queue of old ones each night."""
        from django_tasks.signals import task_finished

        from pakten.jobs import files, pruning
        from pakten.jobs.schedules import DAY, Timed, register

        task_finished.connect(_task_ended, dispatch_uid="pakten.jobs")
        register(
            Timed(
                "jobs.prune",
                "Rensa köns rader för avslutat arbete",
                "pakten.jobs.tasks.prune",
                every=DAY,
                at=time(4, 20),
                when=pruning.anything_ended,
            )
        )
        register(
            Timed(
                "jobs.give_up_files",
                "Rensa filer till jobb som ingen har startat igen",
                "pakten.jobs.tasks.give_up_files",
                every=DAY,
                at=time(4, 25),
                when=files.anything_given_up,
            )
        )


def _task_ended(sender: Any, task_result: Any, **_: Any) -> None:
    from django_tasks import TaskResultStatus

    from pakten.jobs import services, timetable

    succeeded = task_result.status == TaskResultStatus.SUCCESSFUL
    services.settle(task_result.id, succeeded=succeeded)
    timetable.settle(task_result.id, succeeded=succeeded)
