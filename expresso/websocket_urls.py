"""The addresses of all pages' sockets."""

from django.urls import path

from expresso.overview.consumers import OverviewConsumer
from expresso.support.consumers import InboxConsumer, TalkConsumer
from orders.live import websocket_urls

urlpatterns = [
    *websocket_urls.urlpatterns,
    path("ws/events/<slug:slug>/live/", OverviewConsumer.as_asgi()),
    path("ws/events/<slug:slug>/support/", InboxConsumer.as_asgi()),
    path("ws/events/<slug:slug>/support/<int:talk>/", TalkConsumer.as_asgi()),
]
