"""The published list of members: frozen copies, so that the open page never reads working data (L-30)."""

from __future__ import annotations

from django.db import models

from pakten.members.models.membership import Membership
from pakten.organisations.models import Sector


class PublicMember(models.Model):
    """What everybody may read of one member: name and sector, never a number, never a person (L-29)."""

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="public_row")
    name = models.CharField("namn", max_length=300)
    sector = models.CharField("sektor", max_length=10, choices=Sector)
    search_key = models.TextField(default="", editable=False)
    sort_key = models.CharField(max_length=400, default="", editable=False, db_index=True)
    published_at = models.DateTimeField("visas sedan", auto_now_add=True)

    class Meta:
        verbose_name = "rad i medlemsförteckningen"
        verbose_name_plural = "rader i medlemsförteckningen"
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name
