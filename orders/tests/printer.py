"""A simulated label printer for tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.test import Client

from orders.models import LabelJob, Order
from stations.models import Printer, Station

CORE = "application/vnd.star.starprntcore"
OK = {"statusCode": "200%20OK", "printerMAC": "00:11:62:00:00:01"}


class Device:
    """A simulated printer that speaks the protocol of Star's CloudPRNT guide."""

    def __init__(self, printer: Printer) -> None:
        self.at = f"/printers/{printer.key}/"
        self.client = Client(enforce_csrf_checks=True)

    def poll(self, **said: Any) -> dict[str, Any]:
        answer = self.client.post(self.at, OK | said, content_type="application/json")
        assert answer.status_code == 200
        told: dict[str, Any] = answer.json()
        return told

    def fetch(self, token: str, *, type: str = CORE, **headers: str) -> Any:
        return self.client.get(self.at, {"type": type, "token": token, "mac": OK["printerMAC"]}, headers=headers)

    def confirm(self, token: str, code: str = "200 OK") -> None:
        said = self.client.delete(self.at, query_params={"code": code, "token": token})
        assert said.status_code == 200

    def prints(self) -> str:
        """Fetch and confirm all waiting jobs. Return the printed labels as text."""
        return "".join(self._jobs())

    def _jobs(self) -> Iterator[str]:
        while (told := self.poll())["jobReady"]:
            assert CORE in told["mediaTypes"]
            answer = self.fetch(told["jobToken"], **{"X-Star-Accept-Codepages": "utf8,std"})
            assert (answer.status_code, answer.headers["Content-Type"]) == (200, CORE)
            self.confirm(told["jobToken"])
            yield answer.content.decode()


def a_printer(at: Station, **fields: Any) -> Printer:
    return Printer.objects.create(station=at, name="Labels", **fields)


def states(order: Order) -> list[str]:
    return list(LabelJob.objects.filter(order=order).order_by("pk").values_list("state", flat=True))


def fresh(order: Order) -> Order:
    return Order.objects.select_related("event", "station").get(pk=order.pk)
