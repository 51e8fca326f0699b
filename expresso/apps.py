from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ExpressoConfig(AppConfig):
    name = "expresso"


class BackofficeConfig(admin_apps.AdminConfig):
    """Replaces Django's default admin site by `expresso.backoffice.Backoffice`."""

    default = False
    default_site = "expresso.backoffice.Backoffice"
