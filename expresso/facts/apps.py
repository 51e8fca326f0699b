from django.apps import AppConfig
from django.conf import settings


class FactsConfig(AppConfig):
    name = "expresso.facts"
    label = "facts"

    def ready(self) -> None:
        if settings.BROKER_URL:
            from expresso.facts import relay
            from sms import rounds

            rounds.FOR_EVER.append(relay.start_relay)
            rounds.HOURLY.append(relay.forget_old)
