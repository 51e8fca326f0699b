from django.urls import path

from orders.consumers import StationConsumer, WallConsumer

urlpatterns = [
    path("ws/stations/<slug:slug>/", StationConsumer.as_asgi()),
    path("ws/events/<slug:slug>/wall/", WallConsumer.as_asgi()),
]
