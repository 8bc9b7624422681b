from django.urls import path

from pakten.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("kedjan/", views.chain, name="chain"),
    path("utanfor/", views.outside, name="outside"),
]
