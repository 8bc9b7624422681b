"""The daily self-test: planted names that must be found."""

from __future__ import annotations

from django.db import models


class Outcome(models.TextChoices):
    """How a self-test went."""

    PASSED = "passed", "Alla hittades"
    MISSED = "missed", "Någon missades"
    COULD_NOT = "could_not", "Gick inte att göra"


class SelfTest(models.Model):
    """One self-test. Rows are never changed or deleted.

    ``planted`` is a list of dictionaries: what was planted (``how``, ``name``, ``bearer``, ``list_id``,
    ``target_id``, ``listed``) and whether it was ``found``, with which ``score``. ``content`` is the whole
    receipt with rules and editions, ``sha256`` its digest.
    """

    at = models.DateTimeField("när", auto_now_add=True)
    outcome = models.CharField("utfall", max_length=10, choices=Outcome)
    planted = models.JSONField("planterade namn", default=list)
    fault = models.TextField("varför det inte gick", blank=True)
    content = models.JSONField("kvitto", default=dict)
    sha256 = models.CharField("kontrollsumma", max_length=64)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"Självtest {self.pk}"

    @property
    def missed(self) -> list[dict[str, object]]:
        """Those that were not found."""
        return [one for one in self.planted if not one["found"]]

    @property
    def found(self) -> int:
        """How many of those planted were found."""
        return len(self.planted) - len(self.missed)
