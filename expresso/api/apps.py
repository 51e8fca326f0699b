from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "expresso.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        from expresso.api import schema  # noqa: F401  (drf-spectacular finds its extensions by their import)
