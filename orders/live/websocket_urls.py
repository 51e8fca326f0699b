from django.urls import path

from orders.live.consumers import StationConsumer, StationWallConsumer, TrackingConsumer, WallConsumer

urlpatterns = [
    path("ws/stations/<slug:slug>/", StationConsumer.as_asgi()),
    path("ws/stations/<slug:slug>/wall/", StationWallConsumer.as_asgi()),
    path("ws/events/<slug:slug>/wall/", WallConsumer.as_asgi()),
    path("ws/orders/<str:token>/<slug:language>/", TrackingConsumer.as_asgi()),
]
