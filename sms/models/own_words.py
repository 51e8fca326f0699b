"""Texts that an event's organizers write: own wording of sentences, and answers to frequent questions."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from inventory.models import MenuPart
from stations.models import Event


class Wording(MenuPart):
    """An event's own wording of a sentence to customers.

    `key` names the sentence. The standard wording is in `sms.wording.sentences`."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="wording", db_index=False)
    key = models.CharField(max_length=32)
    language = models.CharField(max_length=8)
    text = models.CharField(max_length=480)

    class Meta:
        verbose_name_plural = "wording"
        ordering = ["event", "key", "language"]
        constraints = [models.UniqueConstraint(fields=["event", "key", "language"], name="sentence_worded_once")]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class FrequentQuestion(MenuPart):
    """A question that customers often text, with the answer that the organizers wrote."""

    #: Maximum length of an answer in characters: two SMS segments.
    LONGEST = 300

    event = models.ForeignKey(Event, models.CASCADE, related_name="frequent_questions")
    language = models.CharField(
        max_length=8,
        blank=True,
        help_text=_(
            "The language of the answer. Leave empty to use it for every language without an answer of its own."
        ),
    )
    words = models.CharField(
        max_length=200,
        help_text=_(
            "Words or phrases with commas between them, such as wifi, wi-fi, internet password. A text with one of "
            "them gets this answer."
        ),
    )
    answer = models.CharField(max_length=LONGEST)

    class Meta:
        ordering = ["event", "pk"]

    def __str__(self) -> str:
        return self.words
