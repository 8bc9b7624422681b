from django.urls import path

from pakten.core import views

app_name = "core"
urlpatterns = [
    path("", views.home, name="home"),
    path("sidor/", views.pages, name="pages"),
    path("komponenter", views.components, name="components"),
]
