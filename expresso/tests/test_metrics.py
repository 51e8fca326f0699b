"""Tests of GET /metrics: who is allowed to read it, and what it counts."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.db import transaction
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from expresso import env
from expresso.machine import BASE_DIR
from orders import lifecycle
from orders.refusals import TransitionError
from orders.tests import factory
from sms.tests import factory as sms
from sms.tests.sending import work

pytestmark = pytest.mark.django_db(transaction=True)
MONITORING = BASE_DIR / "deploy" / "monitoring"


def scrape() -> dict[tuple[str, ...], float]:
    """Return the values of GET /metrics. A key is a metric's name, followed by its labels as "name=value"."""
    text = Client().get("/metrics").content.decode()
    return {
        (sample.name, *(f"{name}={value}" for name, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_are_for_those_inside() -> None:
    assert Client().get("/metrics").status_code == 200
    assert Client().get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    assert Client().get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404


def test_an_order_is_counted_from_its_text_to_its_ready_text() -> None:
    bar = factory.cafe()
    event = bar.event
    order = sms.ready_order(bar, sms.conversation(bar))
    factory.order(bar)
    work()

    counted = scrape()

    here = (f"event={event.slug}", f"station={bar.slug}")
    assert counted["active_orders_count", *here, "status=waiting"] == 1
    assert counted["active_orders_count", *here, "status=ready"] == 1
    assert counted["order_processing_seconds_count", *here] == 1
    assert counted["order_processing_seconds_bucket", here[0], "le=60.0", here[1]] == 1
    assert counted["orders_moved_total", here[0], "verb=ready"] == 1
    assert counted["sms_messages_sent_total", "kind=ready", "outcome=delivered"] >= 1
    assert counted["sms_outbound_waiting",] == 0
    assert counted["database_up",] == 1
    with pytest.raises(TransitionError):
        lifecycle.start(order, by=None)
    assert scrape()["orders_refused_total", "reason=TransitionError"] >= 1


def test_a_text_is_counted_with_its_reply() -> None:
    factory.cafe(sms_number="+15550100001")
    before = scrape()

    sms.signed_post("/sms", sms.form(Body="latte"))

    after = scrape()
    counted = ("sms_messages_sent_total", "kind=reply", "outcome=sent")
    assert after[counted] == before.get(counted, 0) + 1
    texts = sum(value for name, value in after.items() if name[0] == "sms_texts_received_total")
    assert texts == sum(value for name, value in before.items() if name[0] == "sms_texts_received_total") + 1
    assert after["sms_reply_seconds_count",] >= 1


def test_what_a_rolled_back_transaction_did_is_not_counted() -> None:
    bar = factory.cafe()
    order = factory.order(bar)
    with transaction.atomic():
        lifecycle.mark_ready(order, by=None)
        transaction.set_rollback(True)

    assert ("orders_moved_total", f"event={bar.event.slug}", "verb=ready") not in scrape()


def test_other_processes_are_added_and_gauges_of_dead_ones_forgotten() -> None:
    counter = ("hints_lost_total",)
    before = scrape().get(counter, 0)
    code = "from orders import metrics; metrics.hints_lost.inc(3); metrics.live_pages.labels('dead').inc()"
    environment = {"PROMETHEUS_MULTIPROC_DIR": str(settings.METRICS_DIR), "PATH": ""}
    for _ in range(2):
        subprocess.run([sys.executable, "-c", code], cwd=BASE_DIR, env=environment, check=True)

    for _ in range(2):
        after = scrape()
        assert after[counter] == before + 6
        assert ("live_pages_connected", "kind=dead") not in after
    pids = {int(file.stem.rpartition("_")[2]) for file in settings.METRICS_DIR.glob("*.db")}
    assert pids == {0, os.getpid()}


def test_metrics_are_written_in_memory_so_that_a_full_disk_stops_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "IN_MEMORY", tmp_path / "memory")
    assert env.metrics_folder(tmp_path) == tmp_path / "metrics"

    env.IN_MEMORY.mkdir()
    folder = env.metrics_folder(tmp_path)
    assert folder.parent == env.IN_MEMORY
    assert folder != env.metrics_folder(tmp_path / "another")

    folder.mkdir()
    monkeypatch.setattr(os, "getuid", lambda: folder.stat().st_uid + 1)
    assert env.metrics_folder(tmp_path) == tmp_path / "metrics"


NOT_COUNTED_HERE = {"up"}
PROMETHEUS_WORDS = {"sum", "max", "by", "rate", "increase", "topk", "le", "histogram_quantile"}


def known_names() -> set[str]:
    """Return the names of all metrics that the code defines, in the form in which Prometheus stores them."""
    code = "".join((BASE_DIR / file).read_text() for file in SOURCES)
    kinds = {
        "Counter": ["_total"],
        "Histogram": ["_bucket", "_count", "_sum"],
        "Gauge": [""],
        "GaugeMetricFamily": [""],
    }
    return {
        name + ending
        for kind, name in re.findall(r"(Counter|Histogram|Gauge|GaugeMetricFamily)\(\s*\"(\w+)\"", code)
        for ending in kinds[kind]
    }


SOURCES = (
    "orders/metrics.py",
    "sms/metrics.py",
    "expresso/metrics.py",
    "expresso/request_times.py",
    "expresso/postgres/base.py",
)


def expressions() -> dict[str, str]:
    rules = yaml.safe_load((MONITORING / "alerts.yaml").read_text())
    board = json.loads((MONITORING / "dashboard.json").read_text())
    alerts = {rule["alert"]: rule["expr"] for group in rules["groups"] for rule in group["rules"]}
    panels = {
        f"{panel['title']} {target['refId']}": target["expr"]
        for panel in board["panels"]
        for target in panel["targets"]
    }
    return alerts | panels


@pytest.mark.parametrize("where", sorted(expressions()))
def test_alerts_and_panels_ask_for_metrics_that_there_are(where: str) -> None:
    expression = re.sub(r"\{[^}]*\}|\(le[^)]*\)|by \([^)]*\)|\[\w+\]", " ", expressions()[where])

    names = set(re.findall(r"[a-z]+(?:_[a-z]+)+", expression)) - PROMETHEUS_WORDS

    assert names - NOT_COUNTED_HERE <= known_names()
    assert names or "up" in expression


def test_every_alert_is_explained() -> None:
    page = (BASE_DIR / "docs" / "operate" / "monitor.md").read_text()
    rules = yaml.safe_load((MONITORING / "alerts.yaml").read_text())

    for rule in (rule for group in rules["groups"] for rule in group["rules"]):
        assert f"### {rule['alert']}" in page
        assert rule["labels"]["severity"] in ("page", "ticket")
