"""The databases' own refusals, made anew after each migration.

SQLite writes a table anew for many migrations, and its triggers are gone after that; whoever writes such a
migration need not know of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import connections, transaction

from pakten.alerts import triggers as alerts
from pakten.audit import triggers as log
from pakten.decisions import triggers as decisions
from pakten.deviations import triggers as deviations
from pakten.figures import triggers as figures
from pakten.members import triggers as pledges
from pakten.organisations import triggers as registers
from pakten.sheets import triggers as sheets
from pakten.visits import triggers as visits
from pakten.watching import triggers as watching

# Of each area with refusals: how they are made and how they are taken away.
GUARDS: dict[str, tuple[Callable[[Any], None], Callable[[Any], None]]] = {
    "alerts": (alerts.install, alerts.remove),
    "audit": (log.install, log.remove),
    "decisions": (decisions.install, decisions.remove),
    "deviations": (deviations.install, deviations.remove),
    "figures": (figures.install, figures.remove),
    "members": (pledges.install, pledges.remove),
    "organisations": (registers.install, registers.remove),
    "sheets": (sheets.install, sheets.remove),
    "visits": (visits.install, visits.remove),
    "watching": (watching.install, watching.remove),
}


def install_all(using: str, **_: Any) -> None:
    """For Django's signal ``post_migrate``: make the refusals of each area that has all of its tables."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    # At once: no other connection ever finds a table without them.
    with transaction.atomic(using):
        for area, (install, _remove) in GUARDS.items():
            if {model._meta.db_table for model in apps.get_app_config(area).get_models()} <= there:
                install(connection)
