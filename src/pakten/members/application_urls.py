"""Addresses of applications, and of the published list of members."""

from __future__ import annotations

from django.urls import path

from pakten.members.views import (
    applications,
    applications_by_hand,
    applications_page,
    applications_steps,
    public_list,
)

_ONE = "ansokningar/<slug:public_id>/"
urlpatterns = [
    path("ansokningar/", applications.inbox, name="applications"),
    path("ansokningar/hamta/<slug:form>/", applications.export_applications, name="applications_export"),
    path("ansokningar/flera/", applications.many, name="applications_many"),
    path("ansokningar/registrera/", applications_by_hand.register, name="application_by_hand"),
    path(_ONE, applications_page.application, name="application"),
    path(f"{_ONE}kontrollera/", applications_steps.start, name="application_start"),
    path(f"{_ONE}tilldela/", applications_steps.assign, name="application_assign"),
    path(f"{_ONE}komplettera/", applications_steps.complete, name="application_complete"),
    path(f"{_ONE}slutfor/", applications_steps.finish, name="application_finish"),
    path(f"{_ONE}foresla/", applications_steps.propose, name="application_propose"),
    path(f"{_ONE}besluta/", applications_steps.decide, name="application_decide"),
    path(f"{_ONE}tillbaka/", applications_steps.back, name="application_back"),
    path(f"{_ONE}ta-over/<slug:column>/", applications_steps.adopt, name="application_adopt"),
    path("medlemsforteckning/", public_list.public_list, name="public_list"),
    path("medlemsforteckning/atom/", public_list.feed, name="public_feed"),
    path("medlemsforteckning/kontroll/", public_list.how_we_check, name="how_we_check"),
]
