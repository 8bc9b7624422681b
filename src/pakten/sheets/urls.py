"""The addresses of this area."""

from django.urls import path

from pakten.sheets import views

app_name = "sheets"
urlpatterns = [
    path("kontrollblad/", views.index, name="list"),
    path("kontrollblad/kontrollera/", views.verify, name="verify"),
    path("kontrollblad/korningar/<int:run_id>/", views.run, name="run"),
    path("kontrollblad/korningar/<int:run_id>/alla/", views.draw_all, name="draw_all"),
    path("kontrollblad/korningar/<int:run_id>/excel/", views.excel, name="excel"),
    path("kontrollblad/korningar/<int:run_id>/zip/", views.zipped, name="zip"),
    path("kontrollblad/av/<slug:kind>/<int:key>/", views.of, name="of"),
    path("kontrollblad/av/<slug:kind>/<int:key>/ta-fram/", views.draw, name="draw"),
    path("kontrollblad/blad/<slug:public_id>/fil/", views.file, name="file"),
    path("kontrollblad/blad/<slug:public_id>/diariefor/", views.register, name="register"),
]
