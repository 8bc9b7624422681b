from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class AuditConfig(AppConfig):
    name = "pakten.audit"

    def ready(self) -> None:
        """Watch the tables as each migration leaves them; a migration itself must be free to change them."""
        pre_migrate.connect(_let_go, sender=self, dispatch_uid="pakten.audit")
        post_migrate.connect(_watch, sender=self, dispatch_uid="pakten.audit")


def _let_go(using: str, plan: Any = None, **_: Any) -> None:
    from pakten.audit import outside

    if plan:
        outside.remove(connections[using])


def _watch(using: str, **_: Any) -> None:
    from pakten.audit import outside

    outside.install(connections[using])
