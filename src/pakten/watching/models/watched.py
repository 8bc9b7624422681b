"""Where each member stands: what was compared last, to what it has been carried, and what is next."""

from __future__ import annotations

from django.db import models


class Watched(models.Model):
    """One member under watch.

    ``control`` is the newest control. ``editions`` (list -> edition) is what its result holds for: the
    control's own editions, moved on by each difference that did not touch the member. ``measure`` is the
    digest of the rules and of the words' weights, ``inputs`` of what was known of the member.
    ``wanted_since`` is since when something asks a person to go through the member's check list again, and
    ``wanted_because`` what; a check list that is finished after that answers it.
    ``next_on`` is when that is to be done at the latest, ``parts`` why (see
    :mod:`pakten.watching.interval`).
    """

    membership = models.OneToOneField("members.Membership", on_delete=models.CASCADE, related_name="watched")
    control = models.ForeignKey(
        "checks.Control", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    editions = models.JSONField(default=dict)
    measure = models.CharField(max_length=64, blank=True)
    inputs = models.CharField(max_length=64, blank=True)
    receipt_sha256 = models.CharField(max_length=64, blank=True)
    next_on = models.DateField("kontrolleras senast", null=True, blank=True, db_index=True)
    parts = models.JSONField("varför då", default=list)
    wanted_since = models.DateTimeField("begärd", null=True, blank=True)
    wanted_because = models.TextField("varför begärd", blank=True)

    class Meta:
        ordering = ["next_on", "pk"]

    def __str__(self) -> str:
        return f"{self.membership}"
