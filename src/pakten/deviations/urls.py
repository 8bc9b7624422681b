"""The addresses of this area. What follows ``ansok/`` is a secret: whoever has the address is let in."""

from django.urls import path

from pakten.deviations.views import applicant, deviations, listing, own, steps

app_name = "deviations"
_ONE = "avvikelser/<slug:public_id>/"
urlpatterns = [
    path("avvikelser/", listing.deviation_list, name="list"),
    path("avvikelser/export/<slug:form>/", listing.export_deviations, name="export"),
    path("medlemmar/<slug:public_id>/avvikelser/ny/", deviations.new, name="new"),
    path(
        "ansokningar/<slug:public_id>/avvikelser/ny/",
        deviations.new_for_application,
        name="new_of_application",
    ),
    path(_ONE, deviations.deviation, name="deviation"),
    path(f"{_ONE}bekrafta/", steps.confirm, name="confirm"),
    path(f"{_ONE}bedom/", steps.assess, name="assess"),
    path(f"{_ONE}steg/", steps.step, name="step"),
    path(f"{_ONE}foresla/", steps.propose, name="propose"),
    path(f"{_ONE}ta-tillbaka/", steps.withdraw, name="withdraw"),
    path(f"{_ONE}besluta/", steps.decide, name="decide"),
    path(f"{_ONE}skriv/", steps.tell, name="tell"),
    path(f"{_ONE}synpunkter/", steps.register_comment, name="register_comment"),
    path(f"{_ONE}underlag/", steps.add_evidence, name="add_evidence"),
    path(f"{_ONE}gallra/", steps.dispose, name="dispose"),
    path("min-organisation/<slug:public_id>/avvikelser/", own.own_deviations, name="own_deviations"),
    path(
        "min-organisation/<slug:public_id>/avvikelser/<slug:deviation_id>/",
        own.own_comment,
        name="own_comment",
    ),
    path("ansok/<slug:token>/avvikelser/<slug:deviation_id>/", applicant.comment, name="applicant_comment"),
]
