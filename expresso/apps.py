from django.apps import AppConfig


class ExpressoConfig(AppConfig):
    name = "expresso"
