"""What every stored fact has in common: it says where it came from and when we got it."""

from __future__ import annotations

from django.db import models


class SourcedFact(models.Model):
    """Abstract. ``source`` is in words, ``source_where`` an address or file name, ``sha256`` that file's."""

    source = models.CharField("källa", max_length=200)
    source_where = models.CharField("var", max_length=500, blank=True)
    recorded_at = models.DateTimeField("hämtad")
    sha256 = models.CharField("kontrollsumma", max_length=64, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(condition=~models.Q(source=""), name="%(app_label)s_%(class)s_has_source")
        ]
