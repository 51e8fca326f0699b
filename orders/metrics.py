"""Prometheus metrics about orders and their boards, served at /metrics (docs/operate/monitor.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import Counter, Gauge, Histogram

if TYPE_CHECKING:
    from orders.models import Order, OrderEvent

SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)

order_processing = Histogram(
    "order_processing_seconds",
    "From the order to ready.",
    ["event", "station"],
    buckets=[minutes * 60 for minutes in (1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 60)],
)
orders_moved = Counter("orders_moved", "Orders placed, started, made ready, collected, cancelled, …", ["event", "verb"])
orders_refused = Counter("orders_refused", "Orders and taps that were refused.", ["reason"])
live_pages = Gauge("live_pages_connected", "Open sockets.", ["kind"], multiprocess_mode="livesum")
frame_seconds = Histogram("frame_seconds", "Time to render a board.", ["kind"], buckets=SECONDS)
frame_bytes = Histogram(
    "frame_bytes", "Size of a rendered board.", ["kind"], buckets=[1024 * 2**n for n in range(1, 11)]
)
hints_lost = Counter("hints_lost", "Changes that boards found only with their next heartbeat.")


def kind_of(name: str) -> str:
    """Return the kind of a live page from its name in hints, such as "station" for "station.7"."""
    return name.partition(".")[0]


def count_move(order: Order, event: OrderEvent) -> None:
    orders_moved.labels(order.event.slug, event.verb).inc()
    if event.verb == "ready":
        seconds = (event.at - order.placed_at).total_seconds()
        order_processing.labels(order.event.slug, order.station.slug).observe(max(seconds, 0))
