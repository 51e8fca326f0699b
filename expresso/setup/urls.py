from django.urls import path

from expresso.setup import views

urlpatterns = [
    path("setup/new/", views.new_event, name="event-new"),
    path("events/<slug:slug>/setup/", views.setup, name="setup"),
    path("events/<slug:slug>/setup/ready/", views.ready_page, name="setup-ready"),
    path("events/<slug:slug>/setup/<slug:step>/", views.step, name="setup-step"),
    path("events/<slug:slug>/setup/do/<slug:act>/", views.setup_act, name="setup-act"),
]
