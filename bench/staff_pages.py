"""Measures the response times of staff pages, exported files, admin lists and the API, at an event with many orders."""

from __future__ import annotations

import datetime as dt
import sys
import time
from base64 import b64encode
from statistics import median
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import Customer
from accounts.pages import MOST_ROWS
from bench.ground import cpu_seconds
from expresso import demo
from expresso.api import tokens
from expresso.reports.period import Period
from orders.models import Order, OrderEvent
from sms.models import Conversation, InboundMessage, OutboundMessage
from stations.models import Event

VISITS = 5
#: Number of rows on a page of an admin list.
ROWS = 100
EVENT = f"/events/{demo.SLUG}/"
STATION = "/stations/bar-1/"
API = f"/api/v1/events/{demo.SLUG}/"
#: Admin lists that grow: the name in the table of figures, the model, and {label: query string}, with labels such as
#: "by code". The second and the last page of each list are measured too.
LISTS: tuple[tuple[str, type[Model], dict[str, str]], ...] = (
    (
        "orders",
        Order,
        {
            "by code": "q=A12",
            "by name": "q=Sam",
            "by number": "q=2000",
            "cancelled": "status__exact=cancelled",
            "to call": "call_name__exact=1",
            "sorted": "o=7",
        },
    ),
    (
        "order events",
        OrderEvent,
        {"by code": "q=A12", "by name": "q=Sam", "nothing found": "q=zzzz", "sorted": "o=3"},
    ),
    ("texts", InboundMessage, {"by name": "q=Sam", "by number": "q=2000", "for a person": "intent=support"}),
    ("texts sent", OutboundMessage, {"by name": "q=Sam", "by number": "q=2000", "failed": "status__exact=failed"}),
    ("conversations", Conversation, {"by name": "q=Sam", "by number": "q=2000"}),
    ("customers", Customer, {"by name": "q=Sam", "by number": "q=2000"}),
)


def page_times() -> dict[str, float]:
    """Return the milliseconds that each page takes for an organizer, as the median of VISITS visits."""
    return {name: figures["ms"] for name, figures in page_figures(server=0).items()}


def page_figures(*, server: int) -> dict[str, dict[str, float]]:
    """Return for each page its median time, and the mean CPU times of this process and of PostgreSQL, in milliseconds.

    `server` is the process id of a PostgreSQL on this machine that no other program uses; 0 if there is none."""
    # Measure as an organizer: their lists leave out the rows of other events, which takes longer than an admin's lists.
    organizer = get_user_model().objects.get(username="organizer")
    client = Client(headers={"host": "localhost", "authorization": f"Bearer {tokens.sign_in(organizer).access}"})
    client.force_login(organizer, backend="django.contrib.auth.backends.ModelBackend")
    event = Event.objects.get(slug=demo.SLUG)
    addresses = _shown_at_the_event(event) | _reports(event) | _api(event) | _admin()
    return {name: _visited(client, path, server) for name, path in addresses.items()}


def _visited(client: Client, path: str, server: int) -> dict[str, float]:
    taken, cpu, database_cpu = [], time.process_time(), cpu_seconds(server)
    for _ in range(VISITS):
        began = time.perf_counter()
        response: Any = client.get(path)
        content = b"".join(response) if response.streaming else response.content
        taken.append((time.perf_counter() - began) * 1000)
        if response.status_code != 200:
            sys.exit(f"{path}: {response.status_code} {content[:300]!r}")
    spent = {"cpu_ms": time.process_time() - cpu, "database_cpu_ms": cpu_seconds(server) - database_cpu}
    return {"ms": median(taken)} | {name: 1000 * seconds / VISITS for name, seconds in spent.items()}


def _shown_at_the_event(event: Event) -> dict[str, str]:
    history, support = f"{STATION}history/", f"{EVENT}support/"
    talk = Conversation.objects.filter(event=event).order_by("-last_text_at")[0].pk
    return {
        "board": STATION,
        "wall": f"{EVENT}wall/",
        "live overview": f"{EVENT}live/",
        "set-up": f"{EVENT}setup/",
        "set-up: ready": f"{EVENT}setup/ready/",
        "planner": f"{EVENT}plan/",
        "history": history,
        "history: later page": f"{history}?before={_middle(event).pk}",
        "history: by name": f"{history}?q=Sam",
        "history: by drink": f"{history}?q=latte",
        "history: nothing found": f"{history}?q=zzzz&where=event",
        "history: cancelled": f"{history}?status=cancelled",
        "support inbox": support,
        "support: by name": f"{support}?q=Sam",
        "support: by number": f"{support}?q=2000",
        "support: by code": f"{support}?q=A12",
        "support: conversation": f"{support}{talk}/",
    }


def _reports(event: Event) -> dict[str, str]:
    whole, reports = Period.whole(event), f"{EVENT}reports/"

    def some(days: int, *, until: int = 0, **other: str) -> str:
        last = whole.last - dt.timedelta(days=until)
        return "?" + urlencode({"first": last - dt.timedelta(days=days - 1), "last": last} | other)

    day = some(1, until=(whole.last - whole.first).days // 2)
    return {
        "reports: all days": reports,
        "reports: one day": f"{reports}{day}",
        "reports: 97 days": f"{reports}{some(97)}",
        "reports: 97 days, compared": f"{reports}{some(97, compare='before')}",
        "reports: 336 days": f"{reports}{some(336, until=3)}",
        "reports: sheet": f"{reports}sheet/",
        "reports: CSV of days": f"{reports}days.csv",
        "reports: XLSX of all tables": f"{reports}all.xlsx",
        "reports: CSV of a day's orders": f"{reports}orders.csv{day}",
    }


def _api(event: Event) -> dict[str, str]:
    def later(position: object) -> str:
        return urlencode({"cursor": b64encode(urlencode({"p": position}).encode()).decode()})

    middle = _middle(event)
    return {
        "API: orders": f"{API}orders/",
        "API: orders, later page": f"{API}orders/?{later(middle.placed_at)}",
        "API: orders, by code": f"{API}orders/?code=A12",
        "API: orders, cancelled": f"{API}orders/?status=cancelled",
        "API: items": f"{API}items/",
        "API: items, later page": f"{API}items/?{later(middle.items.all()[0].pk)}",
        "API: customers, by code": f"{API}customers/?code=A12",
        "API: figures": f"{API}reports/",
        "API: table of days": f"{API}reports/days/",
    }


def _admin() -> dict[str, str]:
    found = {"admin: audit": "/admin/accounts/auditentry/"}
    for name, model, asked in LISTS:
        path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        rows = model._default_manager.order_by()[:MOST_ROWS].count()
        pages = {"second page": min(2, -(-rows // ROWS)), "last page": -(-rows // ROWS)}
        asked = {label: f"p={page}" for label, page in pages.items()} | asked
        found[f"admin: {name}"] = path
        found |= {f"admin: {name}, {label}": f"{path}?{query}" for label, query in asked.items()}
    return found | {"admin: texts not understood": reverse("admin:sms_not_understood")}


def _middle(event: Event) -> Order:
    """Return the order in the middle: half of the event's orders were placed before it."""
    orders = Order.objects.filter(event=event).order_by("placed_at")
    return orders[orders.count() // 2]
