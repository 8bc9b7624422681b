"""What a deviation rests on: frozen copies, so that it stands by itself when their sources are gone."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.deviations.models.deviation import Deviation
from pakten.records.models import Record


class EvidenceKind(models.TextChoices):
    """What the copy is of."""

    CHECK_ITEM = "check_item", "punkt i kontrollen"
    LIKENESS = "likeness", "namnlikhet"
    WEBSITE = "website", "uttalande på webbplats"
    REGISTER = "register", "uppslag i register"
    TEXT = "text", "anteckning"


class Evidence(models.Model):
    """One piece. ``facts`` is the copy, ``sha256`` the digest of it with its title and where and when it
    came from (:func:`pakten.deviations.services.evidence.copied`). The row never changes, but for the copy
    of a dismissed or ended deviation that is disposed of by a decision (L-24, L-35).

    ``reference`` names the row that was copied (``checks.likeness:4``), empty for a note. ``source``,
    ``where``, ``fetched_at`` and ``source_sha256`` are what the original said of where it came from.
    ``paper`` is the record in the diary that holds an attached file.
    """

    deviation = models.ForeignKey(Deviation, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField("slag", max_length=12, choices=EvidenceKind)
    reference = models.CharField(max_length=120, blank=True)
    title = models.CharField("vad", max_length=300)
    facts = models.JSONField(default=dict)
    sha256 = models.CharField("kontrollsumma", max_length=64)
    source = models.CharField("källa", max_length=200)
    where = models.CharField("var", max_length=500, blank=True)
    fetched_at = models.DateTimeField("hämtad")
    source_sha256 = models.CharField("källans kontrollsumma", max_length=64, blank=True)
    paper = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField("tillagt", auto_now_add=True)
    disposal_decision = models.CharField("gallringsbeslut", max_length=100, blank=True)
    disposed_at = models.DateTimeField("gallrat", null=True, blank=True)

    class Meta:
        verbose_name = "underlag"
        verbose_name_plural = "underlag"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(sha256="") & ~models.Q(source=""), name="deviations_evidence_has_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"
