"""Looks up an event's own wording of sentences, and its own answers to frequent questions.

`sms.replies` calls `gettext` and `ngettext` of this module in place of Django's. Within `with worded(own):` they return
the event's own sentence in the active language. If there is none, they return the standard sentence, translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from django.utils import translation
from django.utils.translation import get_language

from inventory.snapshot import Snapshot, menu_of
from orders.parser.words import stems
from sms.conversation.facts import Answers
from sms.models import FrequentQuestion, Wording
from sms.wording.sentences import SENTENCES
from stations.models import Event

#: The event's own sentences, by language and standard sentence.
Own = Mapping[tuple[str, str], str]
_own: ContextVar[Own] = ContextVar("own_sentences", default=MappingProxyType({}))

#: Caches for the two functions below, by the event's primary key. An entry is valid for one version of the menu.
#: Editing a sentence or an answer makes a new version of the menu, too.
_remembered: dict[int, tuple[Snapshot, Own]] = {}
_answers: dict[int, tuple[Snapshot, Answers]] = {}


def wording_of(event: Event) -> Own:
    """Return the event's own sentences. Cached in this process, so usually without a query."""
    snapshot = menu_of(event)
    known = _remembered.get(event.pk)
    if known is None or known[0] is not snapshot:
        known = _remembered[event.pk] = (snapshot, _load(event))
    return known[1]


def answers_of(event: Event) -> Answers:
    """Return the event's own answers to frequent questions. Cached in this process, so usually without a query."""
    snapshot = menu_of(event)
    known = _answers.get(event.pk)
    if known is None or known[0] is not snapshot:
        rows = FrequentQuestion.objects.filter(event=event)
        answers = [
            (row.language, words, row.answer)
            for row in rows
            for phrase in row.words.split(",")
            if (words := stems(phrase))
        ]
        known = _answers[event.pk] = (snapshot, answers)
    return known[1]


def _load(event: Event) -> Own:
    return {
        (row.language, sentence.standard): row.text
        for row in Wording.objects.filter(event=event)
        # Skip a wording that no longer fits, because a later version of Expresso changed the placeholders or removed
        # the sentence.
        if (sentence := SENTENCES.get(row.key)) and sentence.takes(row.text)
    }


@contextmanager
def worded(own: Own) -> Iterator[None]:
    token = _own.set(own)
    try:
        yield
    finally:
        _own.reset(token)


def gettext(standard: str) -> str:
    return _own_for(standard) or translation.gettext(standard)


def ngettext(standard: str, plural: str, number: int) -> str:
    """Return the event's own sentence, which is the same for every number. If there is none, return the result of
    Django's ngettext, which has a plural form."""
    return _own_for(standard) or translation.ngettext(standard, plural, number)


def _own_for(standard: str) -> str | None:
    return _own.get().get((get_language() or "", standard))
