"""The addresses of this area."""

from django.urls import URLPattern

app_name = "sheets"
urlpatterns: list[URLPattern] = []
