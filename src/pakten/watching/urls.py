"""The addresses of this area."""

from django.urls import URLPattern

app_name = "watching"
urlpatterns: list[URLPattern] = []
