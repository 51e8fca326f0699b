"""WebSocket URLs of pages, and of programs that use the API."""

from django.urls import path

from expresso.api.stream import StreamConsumer
from expresso.overview.consumers import HomeConsumer, OverviewConsumer
from expresso.support.consumers import InboxConsumer, TalkConsumer
from orders.live import websocket_urls

urlpatterns = [
    *websocket_urls.urlpatterns,
    path("ws/events/<slug:slug>/home/", HomeConsumer.as_asgi()),
    path("ws/events/<slug:slug>/live/", OverviewConsumer.as_asgi()),
    path("ws/events/<slug:slug>/support/", InboxConsumer.as_asgi()),
    path("ws/events/<slug:slug>/support/<int:talk>/", TalkConsumer.as_asgi()),
]

#: URLs for programs. They send neither Origin nor cookie, because a token identifies them.
of_programs = [path("ws/api/v1/events/<slug:slug>/", StreamConsumer.as_asgi())]
