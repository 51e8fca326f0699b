from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "expresso.api"
    label = "api"
    verbose_name = "API"

    def ready(self) -> None:
        from expresso.api import schema, webhooks  # noqa: F401  (drf-spectacular finds its extensions by their import)
        from sms import rounds

        rounds.FREQUENT.append(webhooks.relay)
        rounds.HOURLY.append(webhooks.clear)
