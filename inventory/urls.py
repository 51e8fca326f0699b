from django.urls import path

from inventory import views

urlpatterns = [
    path("stations/<slug:slug>/supplies/", views.supplies, name="supplies"),
    path("stations/<slug:slug>/supplies/<slug:act>/", views.change_supplies, name="change-supplies"),
]
