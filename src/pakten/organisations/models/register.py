"""What a public register said of organisations: a copy to fill in forms from, never a member's record."""

from __future__ import annotations

from django.db import models

from pakten.organisations.models.sourced import SourcedFact


class RegisterEntry(SourcedFact):
    """One organisation as a register had it. ``status`` is the register's own word; empty = it says nothing.

    Sole traders are not kept: their number is a private person's.
    """

    org_nr = models.CharField("organisationsnummer", max_length=10, unique=True)
    legal_name = models.CharField("namn", max_length=300)
    legal_form = models.CharField("organisationsform", max_length=100, blank=True)
    address = models.CharField("postadress", max_length=300, blank=True)
    place = models.CharField("ort", max_length=100, blank=True)
    status = models.CharField("läge i registret", max_length=100, blank=True)

    class Meta(SourcedFact.Meta):
        verbose_name = "registeruppgift"
        verbose_name_plural = "registeruppgifter"
        ordering = ["org_nr"]
        constraints = [
            *SourcedFact.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(legal_name=""), name="register_entry_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.legal_name
