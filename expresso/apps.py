from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin_apps


class ExpressoConfig(AppConfig):
    name = "expresso"

    def ready(self) -> None:
        from expresso.clearing import clear_expired
        from orders.upkeep.left_over import close_at_opening
        from sms import rounds

        rounds.FREQUENT.append(close_at_opening)
        rounds.HOURLY.append(clear_expired)
        if settings.SENTRY_DSN:
            from expresso import errors
            from orders.live.build_id import build_id

            errors.start_reporting(settings.SENTRY_DSN, process=settings.PROCESS_NAME, release=build_id())
        if settings.TRACE_COLLECTOR:
            from accounts import tracing
            from orders.live.build_id import build_id

            tracing.start_tracing(settings.TRACE_COLLECTOR, process=settings.PROCESS_NAME, release=build_id())


class BackofficeConfig(admin_apps.AdminConfig):
    """Replaces Django's default admin site by `expresso.backoffice.Backoffice`."""

    default = False
    default_site = "expresso.backoffice.Backoffice"
