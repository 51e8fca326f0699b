"""The WSGI application. In the full deployment it answers HTTP, in any number of processes."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expresso.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

pages = get_wsgi_application()

from expresso import webhooks
from expresso.single import hold_single_process_lock

application = webhooks.wsgi(pages)
if not settings.REDIS_URL:
    hold_single_process_lock(settings.VAR_DIR)
