from django.urls import path

from expresso.overview import views

urlpatterns = [
    path("events/<slug:slug>/live/", views.overview_page, name="live"),
    path("events/<slug:slug>/live/sold-out/", views.sell_out_today, name="live-sold-out"),
    path("events/<slug:slug>/live/<slug:station>/<slug:act>/", views.overview_act, name="live-act"),
    path("events/<slug:slug>/broadcast/", views.broadcast_page, name="broadcast"),
    path("events/<slug:slug>/broadcast/<int:broadcast>/stop/", views.stop_broadcast, name="broadcast-stop"),
]
