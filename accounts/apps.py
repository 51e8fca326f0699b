from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        # Importing the module registers Django's system check of the encryption keys.
        from accounts import checks  # noqa: F401
