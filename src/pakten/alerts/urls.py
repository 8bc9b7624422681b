"""The addresses of this area."""

from django.urls import URLPattern

app_name = "alerts"
urlpatterns: list[URLPattern] = []
