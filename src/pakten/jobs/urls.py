from django.urls import path

from pakten.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="list"),
    path("<int:job_id>/", views.job_page, name="job"),
    path("<int:job_id>/stoppa/", views.stop, name="stop"),
    path("<int:job_id>/starta-igen/", views.restart, name="restart"),
    path("tidtabell/<int:schedule_id>/", views.switch, name="switch"),
]
