from datetime import timedelta

from django.apps import AppConfig, apps


class ProjectConfig(AppConfig):
    name = "pakten.project"

    def ready(self) -> None:
        """Wire what areas don't know of each other; ask whether databases are safe; guard the tables."""
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate

        from pakten.decisions.registry import register_renderer
        from pakten.jobs.schedules import Timed, register
        from pakten.project.database import on_connection
        from pakten.project.decision_paper import render
        from pakten.project.guards import install_all

        # The signal is only sent for areas with tables; by the first of them all are migrated.
        post_migrate.connect(install_all, sender=apps.get_app_config("audit"), dispatch_uid="pakten.project")
        connection_created.connect(on_connection, dispatch_uid="pakten.project")
        register_renderer(render)
        register(
            Timed(
                "audit.outside",
                "Leta efter ändringar utanför programmet",
                "pakten.project.tasks.notice_outside_changes",
                every=timedelta(minutes=10),
                when=_something_changed,
            )
        )


def _something_changed() -> bool:
    from pakten.audit.queries import outside_changes

    return outside_changes().filter(entry=None).exists()
