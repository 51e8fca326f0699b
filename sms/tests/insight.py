"""Helpers: an organizer reads a text on the admin page "Read a text", and adds a word to the menu there."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from inventory.models import Drink, Option
from stations.models import Event


def read(client: Client, event: Event, words: str, **fields: str) -> Any:
    return client.post(reverse("admin:sms_read_text"), {"event": event.slug, "text": words, **fields})


def teach(client: Client, event: Event, words: str, word: str, part: Drink | Option) -> Any:
    return read(client, event, words, word=word, means=f"{part._meta.model_name}-{part.pk}")
