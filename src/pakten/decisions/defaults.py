"""The delegation order and the rules that a new installation has. The numbers are invented; see the texts."""

from __future__ import annotations

from datetime import date

from django.db import connections

from pakten.accounts.models import Role
from pakten.decisions.models import DecisionKind, DecisionRule, DelegationItem, When

PAPER = "Exempel, byt till nämndens eget beslut"
_FROM = date(2020, 1, 1)
_MANAGER, _BOTH = (Role.MANAGER,), (Role.MANAGER, Role.DIRECTOR)
_Kind = DecisionKind

ITEMS: tuple[tuple[str, DecisionKind, tuple[Role, ...], str], ...] = (
    ("4.1", _Kind.MEMBERSHIP_ACCEPT, _MANAGER, "Ta emot en organisation som medlem i nätverket"),
    ("4.2", _Kind.MEMBERSHIP_ACCEPT_WITH_NOTE, _MANAGER, "Ta emot en organisation med en anmärkning"),
    ("4.3", _Kind.MEMBERSHIP_REFUSE, _BOTH, "Inte ta emot en organisation som medlem"),
    ("4.4", _Kind.MEMBERSHIP_PAUSE, _MANAGER, "Göra ett medlemskap vilande"),
    ("4.5", _Kind.MEMBERSHIP_RESUME, _MANAGER, "Låta ett vilande medlemskap gälla igen"),
    ("4.6", _Kind.MEMBERSHIP_END, _BOTH, "Avsluta ett medlemskap"),
    ("4.7", _Kind.DEVIATION_ACCEPTED, _MANAGER, "Godta en avvikelse hos en medlem"),
    ("4.8", _Kind.APPLICATION_PAUSE, _MANAGER, "Vänta med beslut om en ansökan"),
    ("4.10", _Kind.DEVIATION_ESCALATE, _BOTH, "Eskalera en avvikelse"),
    ("4.11", _Kind.DEVIATION_BLOCK, _BOTH, "Spärra en organisation för en avvikelse"),
    ("4.12", _Kind.DEVIATION_LOWER, _BOTH, "Sänka nivån på en avvikelse, eller häva en spärr"),
)
# A deviation needs a second person; so does what takes something from an organisation.
_ALWAYS_SECOND = (
    _Kind.MEMBERSHIP_REFUSE,
    _Kind.MEMBERSHIP_END,
    _Kind.DEVIATION_ACCEPTED,
    _Kind.DEVIATION_BLOCK,
)
# One person proposes and another decides: the four eyes are there already.
_NO_SECOND = (_Kind.DEVIATION_ESCALATE, _Kind.DEVIATION_LOWER)


def fill_in(using: str) -> None:
    """Add what is missing; what the city has changed stays as it is. Without the tables, nothing."""
    if DecisionRule._meta.db_table not in connections[using].introspection.table_names():
        return
    _add_items(using)
    DecisionRule.objects.using(using).bulk_create((_rule(kind) for kind in _Kind), ignore_conflicts=True)


def _add_items(using: str) -> None:
    known = set(DelegationItem.objects.using(using).values_list("kind", flat=True))
    DelegationItem.objects.using(using).bulk_create(
        (
            DelegationItem(number=number, kind=kind, role=role, text=text, valid_from=_FROM, paper=PAPER)
            for number, kind, roles, text in ITEMS
            for role in roles
            if kind not in known
        ),
        ignore_conflicts=True,
    )


def _rule(kind: DecisionKind) -> DecisionRule:
    return DecisionRule(
        kind=kind,
        second_look=_second_look(kind),
        bars_preparer=When.ON_DEVIATION,
        is_execution=kind == _Kind.MEMBERSHIP_ACCEPT,
    )


def _second_look(kind: DecisionKind) -> When:
    if kind in _NO_SECOND:
        return When.NEVER
    return When.ALWAYS if kind in _ALWAYS_SECOND else When.ON_DEVIATION
