"""Changing the delegation order, row upon row, and what the four eyes concern."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from pakten.accounts.models import Role, User
from pakten.audit.services import record as log
from pakten.decisions.models import DecisionKind, DecisionRule, DelegationItem, When
from pakten.decisions.policies import MAY_BE_NAMED, check_keeps_order
from pakten.decisions.refusals import DecisionRefused
from pakten.records.refusals import ChangedMeanwhile
from pakten.records.services.versions import update_versioned
from pakten.records.words import one_line


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item as the board decided it; ``valid_from`` is its first day, ``paper`` the board's decision."""

    number: str
    text: str
    kind: DecisionKind
    role: Role
    valid_from: date
    paper: str


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """What a person may change of a rule."""

    second_look: When
    bars_preparer: When
    is_execution: bool


@transaction.atomic
def add_item(facts: ItemFacts, *, actor: User) -> DelegationItem:
    """Add an item, or a new version of the one with the same number, kind and role, which then ends.

    Raises PermissionDenied, DecisionRefused for what can't be, ChangedMeanwhile.
    """
    check_keeps_order(actor)
    words = _words(facts)
    before = DelegationItem.objects.filter(
        number=words["number"], kind=facts.kind, role=facts.role, valid_to=None
    ).first()
    if before is not None:
        _end(before, facts.valid_from - timedelta(days=1))
    try:
        with transaction.atomic():
            made = DelegationItem.objects.create(
                kind=facts.kind, role=facts.role, valid_from=facts.valid_from, made_by=actor, **words
            )
    except IntegrityError as error:
        raise ChangedMeanwhile("delegationsordningen") from error
    log(
        "decisions.item.added",
        made,
        actor=actor,
        before={"text": before.text, "paper": before.paper} if before else None,
        after=asdict(facts) | words,
    )
    return made


@transaction.atomic
def end_item(item: DelegationItem, last_day: date, *, actor: User, paper: str) -> None:
    """Let an item end with nothing after it, by the board's decision. Raises as :func:`add_item`."""
    check_keeps_order(actor)
    paper = one_line(paper, 200)
    if not paper:
        raise DecisionRefused("Ange nämndens beslut, till exempel § 12, 2026-03-10.")
    if last_day < timezone.localdate():
        raise DecisionRefused("Sista dagen kan tidigast vara i dag.")
    _end(item, last_day)
    log("decisions.item.ended", item, actor=actor, after={"valid_to": last_day, "paper": paper})


@transaction.atomic
def change_rule(rule: DecisionRule, facts: RuleFacts, *, actor: User, expected_version: int) -> None:
    """Change what the four eyes concern from now on.

    Raises PermissionDenied, DecisionRefused where one person alone could prepare and decide about a
    deviation, or ChangedMeanwhile.
    """
    check_keeps_order(actor)
    if facts.second_look == facts.bars_preparer == When.NEVER:
        raise DecisionRefused(
            "När något avviker får inte en person ensam både bereda och besluta. "
            "Låt en andra person hålla med, eller låt en annan än den som berett besluta."
        )
    after = asdict(facts)
    before = {name: getattr(rule, name) for name in after}
    update_versioned(rule, expected_version, **after)
    log("decisions.rule.changed", rule, actor=actor, before=before, after=after)


def _end(item: DelegationItem, last_day: date) -> None:
    if last_day < item.valid_from:
        raise DecisionRefused(f"Punkten gäller från {item.valid_from:%Y-%m-%d}. Välj en senare dag.")
    if not DelegationItem.objects.filter(pk=item.pk, valid_to=None).update(valid_to=last_day):
        raise ChangedMeanwhile(str(item))
    item.valid_to = last_day


def _words(facts: ItemFacts) -> dict[str, str]:
    words = {
        "number": one_line(facts.number, 20),
        "text": one_line(facts.text, 300),
        "paper": one_line(facts.paper, 200),
    }
    if not all(words.values()):
        raise DecisionRefused("Fyll i punktens nummer, lydelse och nämndens beslut.")
    if facts.role not in MAY_BE_NAMED:
        raise DecisionRefused(
            "Välj en roll som kan få besluta: handläggare, chef eller förvaltningsdirektör."
        )
    # Else somebody could get the right to what is decided already.
    if facts.valid_from < timezone.localdate():
        raise DecisionRefused("Punkten kan tidigast gälla från i dag.")
    return words
