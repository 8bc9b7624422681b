"""The addresses of this area."""

from django.urls import path

from pakten.visits.views import acts, visits

app_name = "visits"
urlpatterns = [
    path("kontroll/besok/", visits.visit_list, name="list"),
    path("kontroll/besok/fil/<slug:form>/", visits.export_visits, name="export"),
    path("kontroll/besok/aldrig/", visits.never, name="never"),
    path("kontroll/besok/runda/", acts.order_round, name="order_round"),
    path("kontroll/besok/gallring/", acts.due, name="due"),
    path("kontroll/besok/uttalanden/<int:statement_id>/", acts.judge_statement, name="judge_statement"),
    path("kontroll/besok/<int:visit_id>/", visits.visit, name="visit"),
    path("kontroll/besok/<int:visit_id>/sidor/<int:position>/", visits.page_text, name="page"),
    path("kontroll/besok/<int:visit_id>/skillnader/", visits.differences, name="differences"),
    path("kontroll/besok/<int:visit_id>/paket/", visits.package, name="package"),
    path("kontroll/besok/<int:visit_id>/verifiera/", visits.verify, name="verify"),
    path("kontroll/besok/<int:visit_id>/filer/<int:position>/", visits.attached, name="file"),
    path("kontroll/besok/<int:visit_id>/vems/", acts.judge_belonging, name="judge_belonging"),
    path("kontroll/besok/<int:visit_id>/for-vidare/", acts.tell_again, name="tell_again"),
    path("kontroll/besok/<int:visit_id>/gallra/", acts.dispose, name="dispose"),
    path("medlemmar/<slug:public_id>/webbplats/besok/", acts.order, name="order"),
    path("medlemmar/<slug:public_id>/webbplats/eget-besok/", acts.own, name="own"),
    path("om-webbplatsbesok/", acts.about, name="about"),
]
