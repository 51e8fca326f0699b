from django.urls import path

from expresso.payments import views

urlpatterns = [
    path("orders/<str:token>/pay/", views.to_checkout, name="pay"),
    path("orders/<str:token>/paid/", views.from_checkout, name="paid"),
    path("payments/stripe/", views.webhook, name="stripe"),
]
