"""Changing what holds for alerts of a kind: how many days, and whether two must agree."""

from __future__ import annotations

from django.db import transaction

from pakten.accounts.models import User
from pakten.alerts import policies
from pakten.alerts.models import MOST_DAYS, AlertKind, AlertRule, answers_to
from pakten.alerts.refusals import AlertRefused, Overtaken
from pakten.alerts.services.raising import days_for
from pakten.audit.services import record
from pakten.core.refusals import changed_meanwhile
from pakten.core.versions import write_version


@transaction.atomic
def set_rule(
    kind: AlertKind, *, days: int, needs_second: bool, actor: User | None, version: int
) -> AlertRule:
    """Change the rule of a kind, for alerts from now on. ``version`` 0: nobody has changed it before.

    Raises PermissionDenied, AlertRefused or Overtaken.
    """
    person = policies.check_keeps_rules(actor)
    if not 1 <= days <= MOST_DAYS:
        raise AlertRefused("Skriv ett antal dagar mellan 1 och 365.")
    if needs_second and not answers_to(kind):
        raise AlertRefused("Det bedöms på en egen sida, där egna regler gäller om två personer.")
    rule, _made = AlertRule.objects.get_or_create(kind=kind, defaults={"days": days_for(kind), "version": 0})
    before = {"days": rule.days, "needs_second": rule.needs_second}
    if not write_version(rule, version, days=days, needs_second=needs_second):
        raise Overtaken(changed_meanwhile("regeln"))
    after = {"days": rule.days, "needs_second": rule.needs_second}
    record("alerts.rule.changed", rule, actor=person, before=before, after=after)
    return rule
