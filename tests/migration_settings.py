"""Settings for `make lint`: the project's settings and the migration linter, which has to be an installed app."""

from expresso.settings import *  # noqa: F403
from expresso.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
