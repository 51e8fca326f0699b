from __future__ import annotations

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "expresso.payments"

    def ready(self) -> None:
        from expresso.payments import checkouts, refunds
        from sms import rounds

        refunds.connect()
        rounds.FREQUENT += [checkouts.end_overdue, refunds.refund_due]
