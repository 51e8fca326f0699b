#!/usr/bin/env python
import os
import sys

from expresso import env, machine

if __name__ == "__main__":
    # Files that this process writes are readable only for its own account.
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expresso.settings")
    try:
        machine.environment_of_commands()
    except (env.EnvError, machine.CannotStart) as error:
        sys.exit(f"Expresso cannot start: {error}")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
