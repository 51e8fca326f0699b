from django.urls import path

from expresso.planner import views

urlpatterns = [
    path("events/<slug:slug>/plan/", views.plan_page, name="plan"),
    path("events/<slug:slug>/plan/<slug:act>/", views.plan_act, name="plan-act"),
]
