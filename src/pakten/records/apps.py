from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "pakten.records"

    def ready(self) -> None:
        """Tell the home page what the registrar has to do; fill in the record types after each migration."""
        from pakten.core.home import HOME_SECTIONS
        from pakten.records import home

        HOME_SECTIONS.append(home.today)
        post_migrate.connect(_fill_in, sender=self, dispatch_uid="pakten.records")


def _fill_in(using: str, **_: Any) -> None:
    from pakten.records.defaults import fill_in

    fill_in(using)
