"""The door for other areas: something needs a person, or no longer does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import User
from pakten.alerts.models import (
    ABOUT_ONE,
    DEFAULT_DAYS,
    OTHER_DAYS,
    Act,
    Alert,
    AlertKind,
    AlertRule,
    AlertState,
    Outcome,
)
from pakten.alerts.services.writing import NO_BOOST, NO_NEED, NO_PROPOSAL, add_step, write
from pakten.audit.canonical import plain
from pakten.audit.services import record
from pakten.organisations.models import Organisation

_AT_ONCE = 500


@transaction.atomic
def raise_alert(
    kind: AlertKind,
    *,
    organisation: Organisation | None,
    key: str,
    title: str,
    because: str,
    facts: Mapping[str, Any] | None = None,
) -> Alert:
    """Put something in the inbox; once for the same ``kind`` and ``key`` as long as nobody has closed it.

    Told again in the same words with the same facts, nothing happens. Told in other words or with other
    facts, the open alert gets them, keeps the old in its history, and comes to the top: also when it is
    snoozed, waits for an answer or for a second person. After it was closed a new one begins.

    ``title`` (up to 300 characters) and ``because`` are sentences in Swedish. ``facts``: a label in Swedish
    to a text, a number or a list of texts, shown in their order; keys that begin with ``_`` are for the
    machine: ``_subject_name``, ``_list_id``, ``_target_id`` lead to earlier judgements, ``_url`` to the page
    of what it is about. Likenesses and websites to read come by themselves
    (:mod:`pakten.alerts.services.likenesses`, :mod:`pakten.alerts.services.sites`). Raises ValueError where
    something that is judged of one organisation is told of none.
    """
    if organisation is None and kind in ABOUT_ONE:
        raise ValueError(f"{kind} is about one organisation")
    shown, about = _told(facts or {})
    alert = _open_one(kind, key)
    if alert is None:
        fields = {"title": title, "because": because, "facts": shown, "about": about}
        alert, is_new = _new_one(kind, key, organisation=organisation, **fields)
        if is_new:
            return alert
    if (alert.because, alert.facts, alert.about) != (because, shown, about):
        _add_finding(alert, title=title, because=because, facts=shown, about=about)
    return alert


def lock_open(kind: AlertKind, keys: Iterable[str]) -> list[int]:
    """Lock the open alerts of these keys, in the order in which everybody locks them; which they are.

    Call in the transaction that is to raise or settle several, before the first: each writes in the log,
    and a person who has claimed one of the others waits for the log.
    """
    wanted, found = sorted(set(keys)), set[int]()
    rows = Alert.objects.filter(kind=kind).exclude(state=AlertState.CLOSED)
    for start in range(0, len(wanted), _AT_ONCE):
        found.update(rows.filter(key__in=wanted[start : start + _AT_ONCE]).values_list("pk", flat=True))
    ordered, locked = sorted(found), list[int]()
    for start in range(0, len(ordered), _AT_ONCE):
        some = rows.filter(pk__in=ordered[start : start + _AT_ONCE]).select_for_update().order_by("pk")
        locked += some.values_list("pk", flat=True)
    return locked


@transaction.atomic
def settle(kind: AlertKind, key: str, *, because: str, by: User | None = None) -> Alert | None:
    """What caused the open alert is no longer so: close it as settled. None when none is open.

    ``because``: one sentence in Swedish. ``by``: whoever resolved it elsewhere; None = the machine saw it.
    """
    alert = _open_one(kind, key)
    if alert is None:
        return None
    close_as_settled(alert, because=because, by=by)
    after = {"state": alert.state, "outcome": alert.outcome}
    record("alerts.alert.settled", alert, actor=by, after=after, reason=because)
    return alert


def close_as_settled(alert: Alert, *, because: str, by: User | None = None) -> None:
    """Close a locked, open alert whose cause is gone: nothing is waited for any more."""
    write(
        alert,
        state=AlertState.CLOSED,
        outcome=Outcome.SETTLED,
        outcome_because=because,
        closed_by=by,
        closed_at=timezone.now(),
        snoozed_until=None,
        version=alert.version + 1,
        **NO_BOOST,
        **NO_NEED,
        **NO_PROPOSAL,
    )
    add_step(alert, Act.SETTLED, by=by, words=because)


def days_for(kind: str) -> int:
    """How many days a new alert of this kind may take."""
    rule = AlertRule.objects.filter(kind=kind).first()
    return rule.days if rule else DEFAULT_DAYS.get(AlertKind(kind), OTHER_DAYS)


def _open_one(kind: AlertKind, key: str) -> Alert | None:
    rows = Alert.objects.select_for_update().filter(kind=kind, key=key)
    return rows.exclude(state=AlertState.CLOSED).first()


def _new_one(kind: AlertKind, key: str, **fields: Any) -> tuple[Alert, bool]:
    """A new alert, or the one that another raised at this very moment; and whether it is new."""
    try:
        with transaction.atomic():
            return open_alert(kind, key, **fields), True
    except IntegrityError:
        alert = _open_one(kind, key)
        if alert is None:
            raise
        return alert, False


def open_alert(kind: AlertKind, key: str, **fields: Any) -> Alert:
    """Begin a new one with these columns. Call in a transaction, where none of the kind and key is open."""
    alert = Alert.objects.create(
        kind=kind,
        key=key,
        raised_at=timezone.now(),
        due_on=timezone.localdate() + timedelta(days=days_for(kind)),
        **fields,
    )
    add_step(alert, Act.RAISED, by=None, words=alert.because, facts=alert.facts)
    after = {"kind": alert.kind, "due_on": alert.due_on}
    record("alerts.alert.raised", alert, actor=None, after=after, reason=alert.because)
    return alert


def _told(facts: Mapping[str, Any]) -> tuple[list[list[Any]], dict[str, Any]]:
    """What is shown, as pairs so that the order is kept, and what is for the machine."""
    values = plain(facts)
    shown = [[label, value] for label, value in values.items() if not label.startswith("_")]
    return shown, {name[1:]: value for name, value in values.items() if name.startswith("_")}


def _add_finding(alert: Alert, *, because: str, facts: list[list[Any]], **fields: Any) -> None:
    write(
        alert,
        because=because,
        facts=facts,
        **fields,
        state=AlertState.OPEN,
        snoozed_until=None,
        boosted_at=timezone.now(),
        boosted_because="Något nytt om samma sak",
        version=alert.version + 1,
        **NO_NEED,
        **NO_PROPOSAL,
    )
    add_step(alert, Act.FOUND_AGAIN, by=None, words=because, facts=facts)
    after = {"kind": alert.kind, "state": alert.state}
    record("alerts.alert.found_again", alert, actor=None, after=after, reason=because)
