"""Settings for `make lint`: the project with the linter of migrations, which needs to be an app of it."""

from expresso.settings import *  # noqa: F403
from expresso.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
