from django.apps import AppConfig


class SheetsConfig(AppConfig):
    name = "pakten.sheets"
