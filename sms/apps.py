from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "sms"
    verbose_name = "Texts"

    def ready(self) -> None:
        from orders import contact as orders_contact
        from sms import contact, listeners

        listeners.connect()
        orders_contact.use(contact)
