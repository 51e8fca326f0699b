from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "expresso.reports"
    label = "reports"

    def ready(self) -> None:
        from expresso.reports import refresh
        from sms import rounds

        rounds.FREQUENT.append(refresh.refresh_if_due)
