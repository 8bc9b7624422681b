"""Who may decide what for the board, and what a second person must look at."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from pakten.accounts.models import Role, User
from pakten.decisions.models.kinds import DecisionKind


class DelegationItem(models.Model):
    """One item of the delegation order: this role may decide this kind. A change is a new row.

    ``valid_to`` is its last day, None while nothing has replaced it. ``paper`` is the board's own decision
    that says so. ``made_by`` None = filled in at installation.
    """

    number = models.CharField("punkt", max_length=20)
    text = models.CharField("lydelse", max_length=300)
    kind = models.CharField("beslut", max_length=40, choices=DecisionKind)
    role = models.CharField("får beslutas av", max_length=30, choices=Role)
    valid_from = models.DateField("gäller från")
    valid_to = models.DateField("gäller till", null=True, blank=True)
    paper = models.CharField("nämndens beslut", max_length=200)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["number", "role", "-valid_from", "-pk"]
        verbose_name = "punkt i delegationsordningen"
        verbose_name_plural = "punkter i delegationsordningen"
        constraints = [
            models.UniqueConstraint(
                fields=["number", "kind", "role"],
                condition=Q(valid_to=None),
                name="decisions_item_open_once",
            ),
            models.UniqueConstraint(
                fields=["number", "kind", "role", "valid_from"], name="decisions_item_begins_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="decisions_item_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"punkt {self.number}"


class When(models.TextChoices):
    """When something is asked of a decision."""

    NEVER = "never", "Aldrig"
    ON_DEVIATION = "on_deviation", "När något avviker"
    ALWAYS = "always", "Alltid"

    def applies(self, *, has_deviation: bool) -> bool:
        return self is When.ALWAYS or (self is When.ON_DEVIATION and has_deviation)


class DecisionRule(models.Model):
    """What the four eyes concern, for one kind.

    ``second_look``: when a second person must agree before the decision applies. ``bars_preparer``: when
    whoever prepared it may not decide. ``is_execution``: without deviation it is mere execution
    (verkställighet) and is not reported to the board.
    """

    kind = models.CharField("beslut", max_length=40, choices=DecisionKind, unique=True)
    second_look = models.CharField("en andra person ska hålla med", max_length=20, choices=When)
    bars_preparer = models.CharField("den som berett får inte besluta", max_length=20, choices=When)
    is_execution = models.BooleanField("ren verkställighet när inget avviker", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        verbose_name = "regel för beslut"
        verbose_name_plural = "regler för beslut"

    def __str__(self) -> str:
        return f"regeln för {self.get_kind_display().lower()}"
