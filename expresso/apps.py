from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ExpressoConfig(AppConfig):
    name = "expresso"


class BackofficeConfig(admin_apps.AdminConfig):
    """Django's admin, as `expresso.backoffice` has it."""

    default = False
    default_site = "expresso.backoffice.Backoffice"
