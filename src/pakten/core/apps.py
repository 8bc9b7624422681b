from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "pakten.core"
