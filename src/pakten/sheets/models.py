"""Control sheets as they were drawn up: content, file and digests. Rows are added and never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from pakten.organisations.models.organisation import ID_LENGTH, new_public_id


class Sheet(models.Model):
    """One sheet of one control, of a run over the network or of a check list.

    ``content`` is :class:`pakten.sheets.values.SheetContent` as JSON, ``content_sha256`` the digest of its
    canonical bytes, which lie inside the PDF and stand in print on it. ``pdf`` are the bytes as they were
    made then: a later layout never changes what somebody already holds. A control whose likenesses are
    judged afterwards gets a new sheet; the same facts never get a second one. ``as_of``: see the content.
    """

    public_id = models.CharField(max_length=ID_LENGTH, unique=True, default=new_public_id, editable=False)
    control = models.ForeignKey(
        "checks.Control", on_delete=models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    basic = models.ForeignKey(
        "checks.BasicControl", on_delete=models.PROTECT, null=True, blank=True, related_name="sheets"
    )
    content = models.JSONField("innehåll")
    content_sha256 = models.CharField("innehållets kontrollsumma", max_length=64)
    pdf = models.BinaryField("fil")
    pdf_sha256 = models.CharField("filens kontrollsumma", max_length=64, db_index=True)
    as_of = models.DateTimeField("uppgifterna gäller")
    made_at = models.DateTimeField("framtagen", auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "kontrollblad"
        verbose_name_plural = "kontrollblad"
        indexes = [models.Index(fields=["content_sha256"], name="sheet_by_content")]
        constraints = [
            models.CheckConstraint(
                condition=Q(control__isnull=False, basic__isnull=True)
                | Q(control__isnull=True, basic__isnull=False),
                name="sheet_is_of_one_control",
            ),
            models.UniqueConstraint(fields=["control", "content_sha256"], name="one_sheet_per_content"),
            models.UniqueConstraint(fields=["basic", "content_sha256"], name="one_basic_sheet_per_content"),
        ]

    def __str__(self) -> str:
        return f"Kontrollblad {self.public_id}"

    @property
    def file_name(self) -> str:
        """What the file is called where it is kept: it says nothing of whom it is about."""
        return f"kontrollblad-{self.public_id}.pdf"
