from typing import Any

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "pakten.jobs"

    def ready(self) -> None:
        """Hear when a task ends, however it ended."""
        from django_tasks.signals import task_finished

        task_finished.connect(_task_ended, dispatch_uid="pakten.jobs")


def _task_ended(sender: Any, task_result: Any, **_: Any) -> None:
    from django_tasks import TaskResultStatus

    from pakten.jobs import services, timetable

    succeeded = task_result.status == TaskResultStatus.SUCCESSFUL
    services.settle(task_result.id, succeeded=succeeded)
    timetable.settle(task_result.id, succeeded=succeeded)
