"""Secrecy marks: a warning that secrecy may apply, never a decision (OSL 5:5, L-05)."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.records.models.record import Record


class MarkState(models.TextChoices):
    """Where a mark is; an officer proposes, the registrar sets."""

    PROPOSED = "proposed", "Föreslagen"
    IN_FORCE = "in_force", "Gäller"
    DECLINED = "declined", "Avvisad"
    LIFTED = "lifted", "Hävd"


MARK_TRANSITIONS: dict[MarkState, frozenset[MarkState]] = {
    MarkState.PROPOSED: frozenset({MarkState.IN_FORCE, MarkState.DECLINED}),
    MarkState.IN_FORCE: frozenset({MarkState.LIFTED}),
    MarkState.DECLINED: frozenset(),
    MarkState.LIFTED: frozenset(),
}
# Until the registrar has looked at a proposal, the public diary is careful.
STANDING = (MarkState.PROPOSED, MarkState.IN_FORCE)


class SecrecyMark(models.Model):
    """One mark on one record; rows are kept as history. ``keeps_..._apart`` concern the public diary."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="marks")
    state = models.CharField("läge", max_length=10, choices=MarkState)
    provision = models.CharField("bestämmelse", max_length=100)
    dated_on = models.DateField("datum")
    authority = models.CharField("myndighet", max_length=200)
    keeps_sender_apart = models.BooleanField("avsändaren visas inte öppet", default=True)
    keeps_content_apart = models.BooleanField("innehållet visas inte öppet", default=False)
    reason = models.CharField("varför", max_length=500)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_because = models.CharField("skäl", max_length=500, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "sekretessmarkering"
        verbose_name_plural = "sekretessmarkeringar"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(provision="") & ~models.Q(authority=""), name="records_mark_has_its_facts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.provision}, {self.record}"
