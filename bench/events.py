"""Adds copies of the demonstration event, each with its own phone number, to measure many events at once.

    python -m bench.events NUMBER

Copies are added until there are NUMBER events. Prints the phone numbers of all events."""

from __future__ import annotations

import json
import sys

import django

django.setup()

from django.contrib.auth import get_user_model

from bench.texts import PLENTY
from expresso import demo
from expresso.setup.copying import copy_into, create
from inventory.models import Stock
from stations.models import Event


def numbers(count: int) -> list[str]:
    source = Event.objects.get(slug=demo.SLUG)
    by = get_user_model().objects.filter(is_superuser=True)[0]
    for number in range(Event.objects.count(), count):
        event = create(Event(name=f"Event {number}", sms_number=f"+1555900{number:04}"), by=by)
        copy_into(event, source, by=by)
    Event.objects.update(max_open_orders=0, max_drinks_per_window=0)
    Stock.objects.update(on_hand=PLENTY)
    return [event.sms_number or "" for event in Event.objects.order_by("pk")[:count]]


if __name__ == "__main__":
    json.dump(numbers(int(sys.argv[1])), sys.stdout)
