"""Re-encrypt all values with the first key of ENCRYPTION_KEYS, so that the older keys can be removed."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import encryption, rotation


class Command(BaseCommand):
    help = (
        "Encrypt all stored personal data with the first key of ENCRYPTION_KEYS. "
        "Expresso can keep running. If the command is interrupted, start it again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        newest, *older = encryption.keys()
        try:
            for model in rotation.encrypted_models():
                self._say(str(model._meta.verbose_name_plural), rotation.encrypt_anew(model))
            self._say("sessions", rotation.encrypt_sessions_anew())
        except encryption.DecryptionError as error:
            raise CommandError(str(error)) from None
        if rotation.is_done():
            spare = ", ".join(key.name for key in older)
            self.stdout.write(f"Everything is under the key {newest.name}.")
            self.stdout.write(f"No longer needed: {spare}." if spare else "There is no other key.")
        else:
            # A process that was started before the new key was added has meanwhile encrypted values with an older key.
            raise CommandError(
                "Some values were written under an older key meanwhile. Restart Expresso, then run again."
            )

    def _say(self, what: str, changed: int) -> None:
        self.stdout.write(f"{what}: {changed} encrypted anew")
        self.stdout.flush()
