"""All addresses of the site, area by area."""

from django.urls import include, path

urlpatterns = [
    path("", include("pakten.core.urls")),
    path("", include("pakten.accounts.sign_in_urls")),
    path("", include("pakten.accounts.urls")),
    path("logg/", include("pakten.audit.urls")),
    path("jobb/", include("pakten.jobs.urls")),
    path("", include("pakten.records.urls")),
    path("", include("pakten.letters.urls")),
    path("", include("pakten.decisions.urls")),
    path("ansok/", include("pakten.members.apply_urls")),
    path("", include("pakten.members.urls")),
    path("", include("pakten.visits.urls")),
    path("", include("pakten.checks.urls")),
    path("", include("pakten.deviations.urls")),
    path("", include("pakten.alerts.urls")),
    path("", include("pakten.sheets.urls")),
    path("", include("pakten.watching.urls")),
    path("", include("pakten.figures.urls")),
]

handler400 = "pakten.core.views.bad_request"
handler403 = "pakten.core.views.forbidden"
handler429 = "pakten.core.views.too_many"
handler404 = "pakten.core.views.not_found"
handler500 = "pakten.core.views.server_error"
