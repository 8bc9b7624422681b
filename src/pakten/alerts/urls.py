"""The addresses of this area."""

from django.urls import path

from pakten.alerts.views import alert, handling, inbox, rules

app_name = "alerts"
urlpatterns = [
    path("inkorg/", inbox.inbox, name="inbox"),
    path("inkorg/fil/<slug:form>/", inbox.export, name="export"),
    path("inkorg/flera/", inbox.many, name="many"),
    path("inkorg/regler/", rules.rules, name="rules"),
    path("inkorg/regler/<slug:kind>/", rules.change_rule, name="change_rule"),
    path("inkorg/stickprov/", rules.samples, name="samples"),
    path("inkorg/stickprov/andel/", rules.change_share, name="change_share"),
    path("inkorg/<int:alert_id>/", alert.alert, name="alert"),
    path("inkorg/<int:alert_id>/bedom/", alert.answer, name="answer"),
    path("inkorg/<int:alert_id>/behover/", alert.ask, name="ask"),
    path("inkorg/<int:alert_id>/har-kommit/", alert.answered, name="answered"),
    path("inkorg/<int:alert_id>/bekrafta/", alert.confirm, name="confirm"),
    path("inkorg/<int:alert_id>/inte-med/", alert.decline, name="decline"),
    path("inkorg/<int:alert_id>/oppna-igen/", alert.reopen, name="reopen"),
    path("inkorg/<int:alert_id>/tilldela/", handling.assign, name="assign"),
    path("inkorg/<int:alert_id>/pausa/", handling.snooze, name="snooze"),
    path("inkorg/<int:alert_id>/avsluta-paus/", handling.wake, name="wake"),
    path("inkorg/<int:alert_id>/datum/", handling.due, name="due"),
    path("inkorg/<int:alert_id>/anteckna/", handling.note, name="note"),
]
