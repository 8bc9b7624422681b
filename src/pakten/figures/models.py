"""A figure frozen as it was told: values, definition, day, and who was behind each number. Never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.organisations.models.organisation import ID_LENGTH, new_public_id


class FrozenFigure(models.Model):
    """``content`` is columns, rows with their values, and for each cell the public ids behind it.

    ``sha256`` is of ``content`` with slug, definition and day, as :func:`pakten.figures.freezing.digest`
    takes it.
    """

    public_id = models.CharField(max_length=ID_LENGTH, unique=True, default=new_public_id, editable=False)
    slug = models.CharField(max_length=60, db_index=True)
    title = models.CharField("siffra", max_length=200)
    definition = models.TextField("så räknar vi")
    as_of = models.DateField("till och med")
    content = models.JSONField()
    sha256 = models.CharField("kontrollsumma", max_length=64)
    reason = models.CharField("används i", max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField("frusen", auto_now_add=True)

    class Meta:
        verbose_name = "frusen siffra"
        verbose_name_plural = "frusna siffror"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.title}, {self.as_of}"
