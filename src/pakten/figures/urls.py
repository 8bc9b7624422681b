from django.urls import path

from pakten.figures import views

app_name = "figures"
urlpatterns = [
    path("siffror/", views.catalogue, name="catalogue"),
    path("siffror/frysta/<slug:public_id>/", views.frozen, name="frozen"),
    path("siffror/frysta/<slug:public_id>/lista/", views.frozen_list, name="frozen_list"),
    path("siffror/<slug:slug>/", views.figure, name="figure"),
    path("siffror/<slug:slug>/hamta/<slug:form>/", views.export_figure, name="export"),
    path("siffror/<slug:slug>/lista/", views.members, name="list"),
    path("siffror/<slug:slug>/lista/hamta/<slug:form>/", views.export_members, name="export_list"),
    path("siffror/<slug:slug>/frys/", views.freeze, name="freeze"),
]
