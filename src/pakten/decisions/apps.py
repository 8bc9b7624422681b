from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class DecisionsConfig(AppConfig):
    name = "pakten.decisions"

    def ready(self) -> None:
        """Tell the home page what waits; fill in the delegation order after each migration."""
        from pakten.core.home import HOME_SECTIONS
        from pakten.decisions import home

        HOME_SECTIONS.extend((home.today, home.order_to_keep))
        post_migrate.connect(_fill_in, sender=self, dispatch_uid="pakten.decisions")


def _fill_in(using: str, **_: Any) -> None:
    from pakten.decisions.defaults import fill_in

    fill_in(using)
