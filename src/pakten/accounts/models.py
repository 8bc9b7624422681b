"""People who sign in, and the roles that they have been given."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class Role(models.TextChoices):
    """What a person does here. The matrix of who may do what is in each area's policies."""

    MEMBER_CONTACT = "member_contact", "Kontaktperson hos medlem"
    CASE_OFFICER = "case_officer", "Handläggare"
    MANAGER = "manager", "Chef"
    DIRECTOR = "director", "Förvaltningsdirektör"
    REGISTRAR = "registrar", "Registrator"
    BOARD_SECRETARY = "board_secretary", "Nämndsekreterare"
    BOARD_MEMBER = "board_member", "Ledamot"
    RECEIVING_UNIT = "receiving_unit", "Mottagande enhet"
    AUDITOR = "auditor", "Revisor"
    ADMINISTRATOR = "administrator", "Administratör"


class User(AbstractUser):
    """A named person. Decisions are made by users, never by the engine."""

    # What ``policies.roles_of`` has read; declared, so that the request's lazy user passes it on.
    roles_read: frozenset[str] | None = None
    title = models.CharField("titel", max_length=120, blank=True)

    class Meta:
        verbose_name = "användare"
        verbose_name_plural = "användare"

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class RoleAssignment(models.Model):
    """A role that a user has."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField("roll", max_length=30, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="one_assignment_per_role")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


class SavedFilter(models.Model):
    """A list as somebody has filtered it: the address's query under a name.

    ``page`` is the name of the list's address, ``shared``: everybody who may open the list sees it.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_filters")
    page = models.CharField("sida", max_length=80)
    name = models.CharField("namn", max_length=80)
    query = models.CharField("filter", max_length=2000)
    shared = models.BooleanField("delad", default=False)
    made_at = models.DateTimeField("sparad", auto_now_add=True)

    class Meta:
        verbose_name = "sparat filter"
        verbose_name_plural = "sparade filter"
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "page", "name"], name="one_filter_per_name")]

    def __str__(self) -> str:
        return self.name
