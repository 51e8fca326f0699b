from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "sms"
    verbose_name = "Texts"

    def ready(self) -> None:
        from accounts import forgetting
        from orders.messaging import texting as orders_contact
        from orders.upkeep import erasing as orders_erasing
        from sms import erasing, fallback, listeners, metrics, purge, rounds, texting

        listeners.connect()
        fallback.connect()
        metrics.connect()
        forgetting.STEPS.append(erasing.forget_texts_of)
        orders_erasing.STEPS.append(erasing.erase_with_orders)
        rounds.HOURLY.append(purge.purge)
        orders_contact.set_texting(texting)
