"""The people whom the city writes to at an organisation. A contact is neither organisation nor member."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pakten.organisations.models.organisation import Organisation
from pakten.organisations.models.sourced import SourcedFact


class ContactPerson(SourcedFact):
    """A contact. ``user`` is the account by which the person opens the organisation's own file, if any.

    ``informed_at`` is when the person was told that we keep these facts. ``valid_to`` is the first day on
    which the person was no longer a contact.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="contact_persons")
    name = models.CharField("namn", max_length=200)
    title = models.CharField("roll i organisationen", max_length=120, blank=True)
    email = models.EmailField("e-post", max_length=254, blank=True)
    phone = models.CharField("telefon", max_length=50, blank=True)
    is_main = models.BooleanField("huvudkontakt", default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contact_for",
    )
    informed_at = models.DateTimeField("informerad", null=True, blank=True)
    valid_from = models.DateField("från", null=True, blank=True)
    valid_to = models.DateField("till", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(SourcedFact.Meta):
        verbose_name = "kontaktperson"
        verbose_name_plural = "kontaktpersoner"
        ordering = ["-is_main", "name", "pk"]
        constraints = [
            *SourcedFact.Meta.constraints,
            models.CheckConstraint(condition=~models.Q(name=""), name="contact_has_a_name"),
            models.UniqueConstraint(
                fields=["organisation", "email"],
                condition=models.Q(valid_to=None) & ~models.Q(email=""),
                name="one_contact_per_address",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(valid_to=None, is_main=True),
                name="one_main_contact",
            ),
        ]

    def __str__(self) -> str:
        return self.name
