from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "pakten.demo"

    def ready(self) -> None:
        """In demo mode, let visits to invented names be answered by the demo's own websites."""
        from django.conf import settings

        if settings.DEMO:
            from pakten.demo import sites
            from pakten.visits.sites import WAYS

            WAYS.append(sites.way)
