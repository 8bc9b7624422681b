"""Persons and owners of an organisation. There is no field for nationality, and none may be added."""

from __future__ import annotations

from django.db import models

from pakten.organisations.models.organisation import Organisation
from pakten.organisations.models.sourced import SourcedFact


class PersonRole(models.TextChoices):
    """What a known person is in the organisation."""

    BOARD = "board", "styrelseledamot"
    SIGNATORY = "signatory", "firmatecknare"
    MANAGING_DIRECTOR = "managing_director", "verkställande direktör"
    BENEFICIAL_OWNER = "beneficial_owner", "verklig huvudman"


class OwnerType(models.TextChoices):
    """What an owner is."""

    PERSON = "person", "person"
    ORGANISATION = "organisation", "organisation"


class KnownPerson(SourcedFact):
    """A person with a role. ``birth_date`` is ISO 8601 with reduced precision (``1960``, ``1960-08``); never
    a personal number. ``valid_to`` is the first day on which the role no longer held."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="known_persons")
    name = models.CharField("namn", max_length=200)
    role = models.CharField("roll", max_length=20, choices=PersonRole)
    birth_date = models.CharField("födelsetid", max_length=10, blank=True)
    valid_from = models.DateField("från", null=True, blank=True)
    valid_to = models.DateField("till", null=True, blank=True)

    class Meta(SourcedFact.Meta):
        verbose_name = "känd person"
        verbose_name_plural = "kända personer"
        ordering = ["role", "name", "pk"]
        constraints = [
            *SourcedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["organisation", "name", "role", "birth_date"],
                condition=models.Q(valid_to=None),
                name="one_row_per_role_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_role_display()}"


class OwnershipStake(SourcedFact):
    """``owner_name`` holds ``percentage`` of ``asset``; None = the share is not known. ``owner`` links to the
    owner's own record where we have one, so that chains can be followed."""

    asset = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="stakes")
    owner_type = models.CharField("ägaren är", max_length=12, choices=OwnerType)
    owner_name = models.CharField("ägare", max_length=300)
    owner_org_nr = models.CharField("ägarens organisationsnummer", max_length=10, blank=True)
    owner_country = models.CharField("ägarens registreringsland", max_length=2, blank=True)
    owner_birth_date = models.CharField("ägarens födelsetid", max_length=10, blank=True)
    owner = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="holdings"
    )
    percentage = models.DecimalField("andel, procent", max_digits=7, decimal_places=4, null=True, blank=True)
    valid_from = models.DateField("från", null=True, blank=True)
    valid_to = models.DateField("till", null=True, blank=True)

    class Meta(SourcedFact.Meta):
        verbose_name = "ägarandel"
        verbose_name_plural = "ägarandelar"
        # Databases disagree on where NULL goes; unknown shares come last on both.
        ordering = [models.F("percentage").desc(nulls_last=True), "owner_name", "pk"]
        constraints = [
            *SourcedFact.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(percentage=None) | models.Q(percentage__gte=0, percentage__lte=100),
                name="stake_is_a_percentage",
            ),
            # A person's country would be a statement of origin; only an organisation is registered somewhere.
            models.CheckConstraint(
                condition=~models.Q(owner_type="person")
                | models.Q(owner_country="", owner_org_nr="", owner=None),
                name="person_owner_has_no_country",
            ),
            models.CheckConstraint(
                condition=models.Q(owner=None) | ~models.Q(owner=models.F("asset")), name="no_self_ownership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_name}: {self.percentage if self.percentage is not None else '?'} %"
