from django.contrib import admin
from django_tasks_db.models import DBTaskResult

# How far a text got stands with the text; what the worker keeps for itself is not an organizer's.
admin.site.unregister(DBTaskResult)
