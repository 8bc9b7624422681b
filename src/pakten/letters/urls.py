from django.urls import path

from pakten.letters import views

app_name = "letters"
urlpatterns = [
    path("utskick/", views.outbox, name="outbox"),
    path("utskick/<uuid:public_id>/", views.message_page, name="message"),
    path("utskick/<uuid:public_id>/forsok-igen/", views.retry, name="retry"),
    path("utskick/<uuid:public_id>/stoppa/", views.stop, name="stop"),
    path("utskick/<uuid:public_id>/adress/", views.redirect_message, name="redirect"),
    path("utskick/<uuid:public_id>/postat/", views.mark_posted, name="mark_posted"),
]
