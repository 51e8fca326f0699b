from django.urls import path

from expresso.reports import views

urlpatterns = [
    path("events/<slug:slug>/reports/", views.reports, name="reports"),
    path("events/<slug:slug>/reports/sheet/", views.sheet, name="report-sheet"),
    path("events/<slug:slug>/reports/<slug:table>.<slug:kind>", views.file, name="report-file"),
]
