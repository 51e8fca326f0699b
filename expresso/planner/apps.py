from django.apps import AppConfig


class PlannerConfig(AppConfig):
    name = "expresso.planner"
    label = "planner"
