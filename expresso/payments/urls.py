from django.urls import path

from expresso.payments import views

urlpatterns = [
    path("orders/<str:token>/pay/", views.pay, name="pay"),
    path("orders/<str:token>/paid/", views.paid, name="paid"),
    path("payments/stripe/", views.webhook, name="stripe"),
]
