"""An event's own sentences in the place of the standard ones.

`sms.replies` says every sentence by the `gettext` and `ngettext` below. Inside `worded(own)` they give the event's own
sentence where it has one in the language being spoken, else the catalog's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

from django.utils import translation
from django.utils.translation import get_language

from inventory.snapshot import Snapshot, menu_of
from sms.models import Wording
from sms.wording.sentences import SENTENCES
from stations.models import Event

#: (language, standard sentence) → the event's own.
Own = Mapping[tuple[str, str], str]
_own: ContextVar[Own] = ContextVar("own_sentences", default=MappingProxyType({}))

#: By event, as long as its menu is remembered: whoever edits a sentence makes a new version of both.
_remembered: dict[int, tuple[Snapshot, Own]] = {}


def wording_of(event: Event) -> Own:
    """The event's own sentences; no query where this process has them."""
    snapshot = menu_of(event)
    known = _remembered.get(event.pk)
    if known is None or known[0] is not snapshot:
        known = _remembered[event.pk] = (snapshot, _load(event))
    return known[1]


def _load(event: Event) -> Own:
    return {
        (row.language, sentence.standard): row.text
        for row in Wording.objects.filter(event=event)
        # A later version may say a sentence with other words in it, or not at all.
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
    """An event's own sentence is the same for one and for many."""
    return _own_for(standard) or translation.ngettext(standard, plural, number)


def _own_for(standard: str) -> str | None:
    return _own.get().get((get_language() or "", standard))
