"""Two admin pages: "Read a text" shows how the parser reads a text, and "Not understood" lists the unknown words.

Texts are personal, and URLs get into logs. A text is therefore posted, or named by its primary key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Right, user_of, within
from accounts.models import record
from accounts.typed_input import whole_number
from inventory.forms import WordForm, parts_of
from sms.conversation.state import EXPIRY
from sms.incoming import LONGEST
from sms.insight.not_understood import MOST, puzzles_of
from sms.insight.reading_stages import Readout, read_out
from sms.models import Ignored, InboundMessage
from stations.models import Event

#: Maximum number of the customer's earlier texts that are read before this one. The last of them may have left a
#: question open that this text answers.
MOST_BEFORE = 5


@dataclass(frozen=True, slots=True)
class TextToRead:
    """The text to read, with the customer's earlier texts and language."""

    text: str = ""
    #: The customer's texts before this one, oldest first.
    after: tuple[str, ...] = ()
    #: The stored message that this text comes from; None for a text that was typed into the form.
    message: InboundMessage | None = None
    #: The customer's language code; "" if it is unknown.
    language: str = ""


def read_text_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """Show every stage of reading a text.

    The page can also add an unknown word to the menu. The text is then read again."""
    event, events = event_of(request)
    if event is None:
        return _page(request, site, "read_text", title=_("Read a text"), events=events)
    asked = _asked(request, event)
    refused = _teach(request, site, event) if "means" in request.POST else None
    if "means" in request.POST and refused is None:
        # Adding the word changed the menu, so load the event again with the menu's new version.
        event.refresh_from_db()
    readout = read_out(asked.text, event, after=asked.after, language=asked.language) if asked.text else None
    return _page(
        request,
        site,
        "read_text",
        title=_("Read a text"),
        events=events,
        event=event,
        asked=asked,
        after="\n".join(asked.after),
        longest=LONGEST,
        readout=readout,
        word_forms=_word_forms(event, readout, refused) if readout else [],
    )


def not_understood_page(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """List the words that were not understood, and the words that the organizer has hidden from this list."""
    event, events = event_of(request)
    if event is None:
        return _page(request, site, "not_understood", title=_("Not understood"), events=events)
    if request.method == "POST":
        return _put_aside(request, event)
    record("read", "texts that were not understood", by=user_of(request), event=event.pk)
    ignored = sorted(Ignored.objects.filter(event=event).values_list("key", flat=True))
    found = puzzles_of(event, ignored=set(ignored))
    if newest := request.GET.get("sort") == "newest":
        found.sort(key=lambda puzzle: puzzle.examples[0].received_at, reverse=True)
    return _page(
        request,
        site,
        "not_understood",
        title=_("Not understood"),
        events=events,
        event=event,
        puzzles=found,
        texts=sum(puzzle.count for puzzle in found),
        newest=newest,
        ignored=ignored,
        most=MOST,
    )


def managed_events(request: HttpRequest) -> QuerySet[Event]:
    """Return the events that the user manages."""
    return within(user_of(request), Right.MANAGE, Event.objects.all(), "pk")


def event_of(request: HttpRequest) -> tuple[Event | None, list[Event]]:
    """Return the event that the request names, and all events that the user manages.

    If the request names none of these events, the newest is returned. The event is None if the user manages no
    event."""
    events = list(managed_events(request))
    slug = request.POST.get("event") or request.GET.get("event")
    chosen = next((event for event in events if event.slug == slug), None)
    return chosen or max(events, key=lambda event: event.pk, default=None), events


def _asked(request: HttpRequest, event: Event) -> TextToRead:
    if request.method == "POST":
        after = (line.strip() for line in request.POST.get("after", "").splitlines())
        return TextToRead(request.POST.get("text", "")[:LONGEST], tuple(filter(None, after))[-MOST_BEFORE:])
    pk = whole_number(request.GET.get("message"))
    if pk is None:
        return TextToRead()
    messages_here = InboundMessage.objects.filter(conversation__event=event).select_related("conversation__customer")
    message = get_object_or_404(messages_here, pk=pk)
    language = message.conversation.customer.language if message.conversation else ""
    record("read", f"conversation {message.conversation_id}", by=user_of(request), event=event.pk)
    return TextToRead(message.body, texts_before(message), message, language)


def texts_before(message: InboundMessage) -> tuple[str, ...]:
    earlier = InboundMessage.objects.filter(
        conversation=message.conversation_id,
        received_at__lt=message.received_at,
        received_at__gte=message.received_at - EXPIRY,
    )
    bodies = earlier.order_by("-received_at", "-pk").values_list("body", flat=True)[:MOST_BEFORE]
    return tuple(" ".join(body.split()) for body in reversed(bodies) if body.strip())


def _teach(request: HttpRequest, site: AdminSite, event: Event) -> WordForm | None:
    """Add the posted word to the menu and return None. If the word is refused, return the form with its errors."""
    with transaction.atomic():
        # Lock the event. Otherwise two organizers could give the same word to two drinks.
        Event.objects.select_for_update().get(pk=event.pk)
        form = WordForm(request.POST, parts=parts_of(event))
        if not form.is_valid():
            return form
        part = form.save()
        said = _("“%(word)s” now means %(part)s.") % {"word": form.cleaned_data["word"], "part": part}
        site.get_model_admin(type(part)).log_change(request, part, said)
    messages.success(request, said)
    return None


def _word_forms(event: Event, readout: Readout, refused: WordForm | None) -> list[WordForm]:
    """Return the forms with which the organizer adds words to the menu: one form for each unknown word, and an empty
    form for a known word that was misunderstood.

    `refused` is a posted form with errors, or None. It comes first, in place of the form for the same word."""
    parts = parts_of(event)
    words = [word for word in (*readout.strange, "") if refused is None or refused.data.get("word") != word]
    forms = [
        WordForm(initial={"word": word}, parts=parts, auto_id=f"word-{number}-%s") for number, word in enumerate(words)
    ]
    return [refused, *forms] if refused else forms


def _put_aside(request: HttpRequest, event: Event) -> HttpResponse:
    """Hide the posted word from the list "Not understood", or list a hidden word again."""
    user = user_of(request)
    if key := request.POST.get("ignore", "")[: Ignored.LONGEST]:
        Ignored.objects.get_or_create(event=event, key=key)
        record("ignored", f"a customer's word at {event}", by=user, event=event.pk)
    elif key := request.POST.get("list", ""):
        Ignored.objects.filter(event=event, key=key).delete()
        record("listed again", f"a customer's word at {event}", by=user, event=event.pk)
    return redirect(f"{reverse('admin:sms_not_understood')}?event={event.slug}")


def _page(request: HttpRequest, site: AdminSite, name: str, **context: Any) -> TemplateResponse:
    shown = {**site.each_context(request), "opts": InboundMessage._meta, **context}
    return TemplateResponse(request, f"admin/sms/{name}.html", shown)
