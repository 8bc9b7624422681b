"""Where an organisation is at home in the application: its member page, or its application."""

from __future__ import annotations

from django.urls import reverse

from pakten.members.models import Application, Membership
from pakten.organisations.models import Organisation


def home_of(organisation: Organisation) -> str:
    """The address of the member's tab for visits, else of the newest application, else of the list."""
    if Membership.objects.filter(organisation=organisation).exists():
        return reverse("members:tab", args=[organisation.public_id, "webbplats"])
    application = Application.objects.filter(organisation=organisation).order_by("-pk").first()
    if application is not None:
        return reverse("members:application", args=[application.public_id])
    return reverse("visits:list")
