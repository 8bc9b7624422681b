"""Where an organisation works: its branches. The group parent is a column of the organisation."""

from __future__ import annotations

from django.db import models

from pakten.organisations.models.organisation import Organisation
from pakten.organisations.models.sourced import SourcedFact


class Branch(SourcedFact):
    """A place of work under the organisation's own number: a shop, a school, a local office."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="branches")
    name = models.CharField("namn", max_length=300)
    address = models.CharField("adress", max_length=300, blank=True)
    place = models.CharField("ort", max_length=100, blank=True)
    valid_from = models.DateField("från", null=True, blank=True)
    valid_to = models.DateField("till", null=True, blank=True)

    class Meta(SourcedFact.Meta):
        verbose_name = "arbetsställe"
        verbose_name_plural = "arbetsställen"
        ordering = ["name", "pk"]
        constraints = [
            *SourcedFact.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(name=""), name="branch_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
