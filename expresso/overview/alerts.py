"""Alerts of the live overview. Each says what is wrong at the event and what staff should do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from expresso.overview.figures import StationNow, TextsNow
from expresso.payments.models import Payment
from expresso.planner.prediction import Forecast
from stations import features
from stations.models import Event

#: An alert appears when a customer has waited for a person of the support desk for PERSON_AFTER, or when texts are sent
#: BEHIND_AFTER seconds late.
PERSON_AFTER, BEHIND_AFTER = dt.timedelta(minutes=3), 15

#: An alert appears when the predicted wait at a station is longer than this many times the wait that the event's plan
#: aims at.
TOO_LONG = 2

#: A station that has waiting orders counts as silent when nothing was tapped there for this long.
SILENT_AFTER = dt.timedelta(minutes=8)


@dataclass(frozen=True, slots=True)
class Alert:
    what: str
    do: str
    #: URL of the page on which staff can act; "" if it is the overview itself.
    url: str = ""


def alerts_of(
    event: Event, stations: Sequence[StationNow], texts: TextsNow, forecast: Forecast | None, now: dt.datetime
) -> list[Alert]:
    found = [alert for station in stations for alert in _of_station(event, station, now)]
    rushes = [alert for station in stations for alert in _of_rush(event, station, forecast)]
    return [*found, *rushes, *_of_texts(event, texts, now), *_of_refunds(event)]


def _of_rush(event: Event, station: StationNow, forecast: Forecast | None) -> Iterator[Alert]:
    """Yield an alert if the predicted wait of the next half hour is more than TOO_LONG times the planned wait."""
    if forecast and station.soon and station.wait_soon and station.wait_soon > TOO_LONG * forecast.wait:
        yield Alert(
            f"{station.name}: {station.soon} drinks are expected in the next half hour, and waits reach"
            f" {round(station.wait_soon)} min.",
            "Bring somebody, open another station, or add the minutes to its waits.",
            reverse("board", args=[station.slug]),
        )


def _of_station(event: Event, station: StationNow, now: dt.datetime) -> Iterator[Alert]:
    board = reverse("board", args=[station.slug])
    if station.untouched:
        orders = "An order waits" if station.untouched == 1 else f"{station.untouched} orders wait"
        yield Alert(
            f"{station.name}: {orders} for over {event.late_after_minutes} min, and nobody has started.",
            "Ask at the station, move its queue, or slow it down.",
            board,
        )
    elif station.waiting and _is_silent(station, now):
        yield Alert(
            f"{station.name} is silent: orders wait, and nothing was tapped for a while.",
            "Is somebody there, and is the tablet on? Close the station or move its queue if not.",
            board,
        )
    for device in station.devices:
        if device.trouble and (station.state != "closed" or station.waiting):
            yield Alert(f"{station.name}: {device.what} {device.trouble}.", "Look at the device and its Wi-Fi.")
    if station.state != "closed" and not station.on_shift and station.waiting:
        yield Alert(f"{station.name}: nobody is on shift.", "Plan a shift in the admin, or close the station.")
    for supply in station.supplies:
        if supply.is_short:
            pace = "as predicted" if station.soon is not None else "at today's pace"
            lasts = "is used up" if not supply.hours else f"lasts {round(supply.hours * 60)} min {pace}"
            yield Alert(
                f"{station.name}: {supply.name} {lasts} ({supply.left} left).",
                "Bring more and count it, or sell it out.",
                reverse("supplies", args=[station.slug]),
            )


def _is_silent(station: StationNow, now: dt.datetime) -> bool:
    """Return True if a station with waiting orders seems to be without a barista.

    Its oldest order has then waited longer than SILENT_AFTER, and nobody has tapped anything there for as long."""
    since = max(filter(None, (station.last_act, station.oldest)), default=now)
    return now - since > SILENT_AFTER


def _of_refunds(event: Event) -> Iterator[Alert]:
    """Yield an alert if Stripe has finally refused refunds. Staff must pay these customers back by hand."""
    if not features.has_feature(event, features.PAYMENTS):
        return
    refused = Payment.objects.filter(order__event=event, state=Payment.State.FAILED)
    if codes := list(refused.order_by("pk").values_list("order__code", flat=True)):
        yield Alert(
            f"Stripe refused to refund {', '.join(codes)}.",
            "Pay it back by hand, in Stripe's dashboard or in cash, and say so in the admin.",
            reverse("admin:payments_payment_changelist") + "?state__exact=failed",
        )


def _of_texts(event: Event, texts: TextsNow, now: dt.datetime) -> Iterator[Alert]:
    desk = reverse("support", args=[event.slug])
    if texts.oldest_person and now - texts.oldest_person > PERSON_AFTER:
        people = "A customer waits" if texts.people == 1 else f"{texts.people} customers wait"
        yield Alert(f"{people} for a person.", "Take it on the support desk.", desk)
    if texts.failed:
        failed = "A text" if texts.failed == 1 else f"{texts.failed} texts"
        yield Alert(f"{failed} did not arrive in the last hour.", "Send again, or call the name at the bar.", desk)
    if texts.behind >= BEHIND_AFTER:
        yield Alert(
            f"Texts leave {texts.late} late: the number is {'at' if texts.behind >= 60 else 'near'} its limit.",
            "Send no broadcast now. A number with a higher rate is set in the admin under Senders.",
        )
