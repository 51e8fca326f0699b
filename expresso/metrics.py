"""GET /metrics for Prometheus: counts of all processes on this machine, and present numbers from the database.

Each process writes its counts to files in one folder (`expresso.env.metrics_folder`). The web or socket server that
answers the request adds them up."""

from __future__ import annotations

from collections.abc import Iterator

import structlog
from django.conf import settings
from django.db import Error
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder

from expresso import health
from expresso.facts import relay
from expresso.replicas import replicas
from orders.models import Order
from sms.metrics import Processes
from sms.tasks import waiting_since

log = structlog.get_logger(__name__)


def registry() -> CollectorRegistry:
    found = CollectorRegistry()
    found.register(Processes())
    found.register(Database())
    return found


class Database:
    """Collector of the numbers that are read from the database each time that Prometheus asks for them.

    Every web machine reports the same numbers, because all of them use the same database."""

    def collect(self) -> Iterator[Metric]:
        try:
            yield from [*_orders(), *_texts(), *_replicas(), *_facts()]
            up = 1
        except Error as error:
            log.warning("metrics_without_database", error=type(error).__name__)
            up = 0
        yield GaugeMetricFamily("database_up", "1 while the database answers.", value=up)


def _orders() -> Iterator[Metric]:
    active = GaugeMetricFamily(
        "active_orders_count", "Open orders that are on a board.", labels=["event", "station", "status"]
    )
    open_orders = Order.objects.open().in_queue().order_by().values("event__slug", "station__slug", "status")
    for row in open_orders.annotate(count=Count("pk")):
        active.add_metric([row["event__slug"], row["station__slug"], row["status"]], row["count"])
    yield active


def _texts() -> Iterator[Metric]:
    waiting, now = waiting_since(), timezone.now()
    yield GaugeMetricFamily("sms_outbound_waiting", "Texts that are not sent yet.", value=len(waiting))
    oldest = max((now - min(waiting, default=now)).total_seconds(), 0)
    yield GaugeMetricFamily("sms_outbound_oldest_seconds", "How long the oldest of them waits.", value=oldest)


def _replicas() -> Iterator[Metric]:
    behind = GaugeMetricFamily("database_replica_behind_seconds", "-1: it is down.", labels=["replica"])
    for replica in replicas:
        replica.is_usable()
        behind.add_metric([replica.alias], -1 if replica.behind is None else replica.behind)
    yield behind


def _facts() -> Iterator[Metric]:
    count, seconds = relay.waiting() if settings.BROKER_URL else (0, 0.0)
    yield GaugeMetricFamily("facts_waiting", "Facts that the broker has not got yet.", value=count)
    yield GaugeMetricFamily("facts_oldest_seconds", "How long the oldest of them waits.", value=seconds)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not health.is_inside(request):
        raise Http404
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(registry()), content_type=content_type)
