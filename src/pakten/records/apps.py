from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RecordsConfig(AppConfig):
    name = "pakten.records"

    def ready(self) -> None:
        """Tell the home page what the registrar has to do, and the log what is closed to whom.

        The record types are filled in after each migration.
        """
        from pakten.audit.closed import CLOSED_THINGS
        from pakten.core.home import HOME_SECTIONS
        from pakten.records import home
        from pakten.records.queries.conflicts import closed_things

        HOME_SECTIONS.append(home.today)
        CLOSED_THINGS.append(closed_things)
        post_migrate.connect(_fill_in, sender=self, dispatch_uid="pakten.records")


def _fill_in(using: str, **_: Any) -> None:
    from pakten.records.defaults import fill_in

    fill_in(using)
