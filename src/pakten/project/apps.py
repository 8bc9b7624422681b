from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "pakten.project"

    def ready(self) -> None:
        """Ask each SQLite connection, as it opens, whether it is as safe as we promise."""
        from django.db.backends.signals import connection_created

        from pakten.project.database import on_connection

        connection_created.connect(on_connection, dispatch_uid="pakten.project")
