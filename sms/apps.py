from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "sms"
    verbose_name = "Texts"

    def ready(self) -> None:
        from orders.messaging import texting as orders_contact
        from sms import listeners, metrics, texting

        listeners.connect()
        metrics.connect()
        orders_contact.set_texting(texting)
