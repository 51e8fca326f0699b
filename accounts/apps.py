from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        # The import registers a Django system check, which checks the encryption keys.
        from accounts import checks  # noqa: F401
