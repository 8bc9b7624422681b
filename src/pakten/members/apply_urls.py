"""The public application. What follows ``ansok/`` is a secret: whoever has the address is let in."""

from django.urls import path

from pakten.members.views import apply, apply_status

app_name = "apply"
urlpatterns = [
    path("", apply.start, name="start"),
    path("sektor/", apply.sector, name="sector"),
    path("<slug:token>/", apply_status.application, name="application"),
    path("<slug:token>/sektor/", apply.change_sector, name="change_sector"),
    path("<slug:token>/spara/", apply.save_link, name="save"),
    path("<slug:token>/kontrollera/", apply.check, name="check"),
    path("<slug:token>/komplettera/", apply_status.answer, name="answer"),
    path("<slug:token>/synpunkter/", apply_status.comment, name="comment"),
    path("<slug:token>/aterkalla/", apply_status.withdraw, name="withdraw"),
    path("<slug:token>/<slug:slug>/", apply.step, name="step"),
]
