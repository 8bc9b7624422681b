from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "pakten.alerts"
