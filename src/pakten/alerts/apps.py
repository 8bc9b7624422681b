from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "pakten.alerts"

    def ready(self) -> None:
        """Follow the likenesses of checks."""
        from pakten.alerts.services.likenesses import follow
        from pakten.checks.hooks import on_standing

        on_standing(follow)
