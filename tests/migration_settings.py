"""Settings for a check of `make lint`: the project's settings, and the migration linter as an installed app."""

from expresso.settings import *  # noqa: F403
from expresso.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
