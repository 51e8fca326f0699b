from django.contrib import admin
from django_tasks_db.models import DBTaskResult

# Organizers see the state of a text with the text itself. The worker's own table would only confuse.
admin.site.unregister(DBTaskResult)
