"""Admin pages for an event's frequent questions, and for its own wording of sentences.

A list shows all sentences. The page of one sentence shows its standard wording, its limits and a counter of
characters."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.forms import Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext, gettext_lazy, override

from accounts.typed_input import whole_number
from inventory.admin import MenuPartAdmin
from sms.insight.admin_pages import event_of, managed_events
from sms.models import FrequentQuestion, Wording
from sms.rewording.forms import FrequentQuestionForm, WordingForm
from sms.rewording.limits import OwnSentence, measure_text
from sms.wording.sentences import SENTENCES
from stations.models import Event


@admin.register(FrequentQuestion)
class FrequentQuestionAdmin(MenuPartAdmin):
    event_path = "event"
    form = FrequentQuestionForm
    list_display = ["words", "answer", "language", "event"]
    list_filter = ["event", "language"]
    list_select_related = ["event"]
    search_fields = ["words", "answer"]


@admin.register(Wording)
class WordingAdmin(MenuPartAdmin):
    event_path = "event"
    form = WordingForm
    list_display = ["sentence", "event", "language", "text"]
    list_filter = ["event", "language"]
    list_select_related = ["event"]
    search_fields = ["text", "key"]

    class Media:
        js = [Script("js/wording.js", type="module")]

    @admin.display(description=gettext_lazy("sentence"), ordering="key")
    def sentence(self, wording: Wording) -> str:
        known = SENTENCES.get(wording.key)
        return str(known.when) if known else wording.key

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.all_sentences)
        return [path("sentences/", page, name="sms_sentences"), *super().get_urls()]

    def all_sentences(self, request: HttpRequest) -> HttpResponse:
        """List all sentences in one language, each with its standard wording and the event's own wording if there is
        one."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        event, events = event_of(request)
        languages = {code: name for code, name in settings.LANGUAGES if event and code in event.languages}
        asked = request.GET.get("language", "")
        language = asked if asked in languages else next(iter(event.languages), "") if event else ""
        own = {row.key: row for row in Wording.objects.filter(event=event, language=language)}
        with override(language or None):
            said = [(each, gettext(each.standard), own.get(each.key)) for each in SENTENCES.values()]
        context = {"events": events, "event": event, "languages": languages, "language": language, "said": said}
        site = {**self.admin_site.each_context(request), "opts": Wording._meta}
        title = gettext_lazy("What customers read")
        return TemplateResponse(request, "admin/sms/sentences.html", {**site, "title": title, **context})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Show an empty form for the sentence that was chosen in the list of sentences. If the event has reworded this
        sentence already, redirect to the page of this wording."""
        asked = request.POST or request.GET
        event = managed_events(request).filter(pk=whole_number(asked.get("event")) or 0).first()
        if event is None or asked.get("key") not in SENTENCES or asked.get("language") not in event.languages:
            return redirect("admin:sms_sentences")
        written = Wording.objects.filter(event=event, key=asked["key"], language=asked["language"]).first()
        if written and request.method == "GET":
            return redirect("admin:sms_wording_change", written.pk)
        return super().add_view(request, form_url, extra_context)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {name: request.GET.get(name, "") for name in ("event", "key", "language")}

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        form = context["adminform"].form
        event = Event.objects.filter(pk=form["event"].value()).first()
        sentence, language = SENTENCES.get(form["key"].value()), form["language"].value()
        if event and sentence:
            draft = OwnSentence.of(sentence, event, language)
            at_worst = draft.at_worst(form["text"].value() or draft.standard)
            context |= {"event": event, "language": dict(settings.LANGUAGES).get(language, language), "draft": draft}
            context |= {"at_worst": at_worst, "measured": measure_text(at_worst)}
        return super().render_change_form(request, context, *args, **kwargs)
