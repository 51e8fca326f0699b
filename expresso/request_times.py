"""Metric of the time that requests take, for /metrics."""

from __future__ import annotations

from prometheus_client import Histogram

request_seconds = Histogram(
    "http_request_seconds",
    "Time to answer a request.",
    ["method", "route", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15),
)


def count(method: str, route: str, status: int, seconds: float) -> None:
    request_seconds.labels(method, route, f"{status // 100}xx").observe(seconds)
