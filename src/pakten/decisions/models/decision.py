"""A decision: a named person's, by an item of the delegation order. In force it never changes."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import F, Q

from pakten.accounts.models import User
from pakten.decisions.models.kinds import ANSWERS, DecisionKind
from pakten.decisions.models.order import DelegationItem
from pakten.records.models import Case, Record

if TYPE_CHECKING:
    from pakten.decisions.models.report import BoardReport

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def new_public_id() -> str:
    """A random identifier for addresses."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


class State(models.TextChoices):
    """Where a decision is. Only one that is in force is a record and has an effect."""

    AWAITING_SECOND = "awaiting_second", "Väntar på en andra person"
    IN_FORCE = "in_force", "Gäller"
    RETURNED = "returned", "Tillbaka till beredning"
    WITHDRAWN = "withdrawn", "Återtaget"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.AWAITING_SECOND: frozenset({State.IN_FORCE, State.RETURNED, State.WITHDRAWN}),
    State.IN_FORCE: frozenset(),
    State.RETURNED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
# What the log says when a decision reaches a state.
EVENTS: dict[State, str] = {
    State.AWAITING_SECOND: "decisions.decision.proposed",
    State.IN_FORCE: "decisions.decision.made",
    State.RETURNED: "decisions.decision.returned",
    State.WITHDRAWN: "decisions.decision.withdrawn",
}


class Decision(models.Model):
    """One decision by delegation (L-01, L-02).

    ``subject_type``, ``subject_id`` and ``subject_label`` say what it is about without knowing the area
    above. ``prepared_by`` controlled or proposed; ``needs_second`` is what the rule said that day.
    ``second_reason`` is why it was sent back or, where there is no ``second_by``, why it was taken back.
    ``record`` is the decision as registered in the diary. ``board`` is in whose name it is made.
    """

    public_id = models.CharField(max_length=10, unique=True, default=new_public_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField("beslut", max_length=40, choices=DecisionKind)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField("gäller", max_length=300)
    text = models.TextField("beslutet")
    reasons = models.TextField("skäl", blank=True)
    note = models.TextField("anmärkning", blank=True)
    item = models.ForeignKey(DelegationItem, on_delete=models.PROTECT, related_name="+")
    board = models.CharField("nämnd", max_length=200)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("beslutat")
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    has_deviation = models.BooleanField("något avviker")
    needs_second = models.BooleanField("en andra person ska hålla med")
    is_execution = models.BooleanField("verkställighet")
    state = models.CharField("läge", max_length=20, choices=State)
    second_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_at = models.DateTimeField(null=True, blank=True)
    second_reason = models.TextField("skäl", blank=True)
    record = models.OneToOneField(
        Record, on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )
    submission = models.UUIDField(null=True, blank=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        verbose_name = "beslut"
        verbose_name_plural = "beslut"
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="decisions_subject")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=Q(state="awaiting_second"),
                name="decisions_one_waits_per_subject",
            ),
            models.UniqueConstraint(
                fields=["subject_type", "subject_id"],
                condition=Q(kind__in=ANSWERS, state__in=("awaiting_second", "in_force")),
                name="decisions_one_answer_per_subject",
            ),
            models.CheckConstraint(
                condition=Q(state="awaiting_second", second_by=None, record=None)
                | Q(state="in_force", record__isnull=False)
                | Q(state="returned", second_by__isnull=False, record=None) & ~Q(second_reason="")
                | Q(state="withdrawn", second_by=None, record=None) & ~Q(second_reason=""),
                name="decisions_state_has_its_facts",
            ),
            models.CheckConstraint(
                condition=Q(needs_second=True) & (~Q(state="in_force") | Q(second_by__isnull=False))
                | Q(needs_second=False, state="in_force", second_by=None),
                name="decisions_second_look_is_made",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("decided_by")) & ~Q(second_by=F("prepared_by")),
                name="decisions_second_is_another",
            ),
            models.CheckConstraint(
                condition=Q(kind="membership_accept", has_deviation=False) | ~Q(reasons=""),
                name="decisions_has_reasons",
            ),
            models.CheckConstraint(
                condition=Q(is_execution=False) | Q(has_deviation=False),
                name="decisions_execution_is_clean",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject_label}"

    @property
    def on_behalf(self) -> str:
        """In whose name: ``På arbetsmarknadsnämndens vägnar``."""
        return f"På {self.board[:1].lower()}{self.board[1:]}s vägnar"

    @property
    def reported_in(self) -> BoardReport | None:
        """The report in which the board was told; None before that."""
        try:
            return self.reported.report
        except ObjectDoesNotExist:
            return None
