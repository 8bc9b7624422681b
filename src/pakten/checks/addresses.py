"""Where a basic control is read and filled in."""

from __future__ import annotations

from django.urls import reverse

from pakten.checks.models import BasicControl


def address_of(control: BasicControl) -> str:
    """The application's page for an applicant's control, its own page for a member's."""
    if control.application is not None:
        return reverse("members:application", args=[control.application.public_id])
    return reverse("checks:basic", args=[control.pk])
