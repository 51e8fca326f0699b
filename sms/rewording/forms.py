"""The admin's forms for an event's frequent questions and for its own wording of a sentence."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.live_forms import ANOTHER, LiveForm
from orders.parser.atoms import Kind
from orders.parser.phrases import every_table
from orders.parser.words import stems
from sms.conversation.spoken import single_words
from sms.models import FrequentQuestion, Wording
from sms.replies.gsm7 import plain
from sms.rewording.limits import OwnSentence
from sms.wording.sentences import SENTENCES
from stations.models import Event


@cache
def function_words() -> frozenset[str]:
    """Return words that most texts contain, such as "the", "please" and "where", in all languages. They cannot be the
    words by which a frequent question is recognized."""
    asking = (stem for table in every_table() for word in table.asking_words for stem in stems(word))
    kinds = (Kind.THE, Kind.ARTICLE, Kind.FILLER, Kind.AND, Kind.BUT, Kind.WITH, Kind.FOR, Kind.NO, Kind.IT)
    return single_words(*kinds).union(asking)


class FrequentQuestionForm(LiveForm):
    """Edits a frequent question. Characters outside the SMS alphabet (GSM-7) are replaced, so the answer is stored as
    it is sent."""

    fixed = ("event",)
    why_fixed = ANOTHER
    language = forms.ChoiceField(
        required=False,
        label=_lazy("Language"),
        choices=[("", _lazy("Every language")), *settings.LANGUAGES],
        help_text=FrequentQuestion._meta.get_field("language").help_text,
    )

    class Meta:
        model = FrequentQuestion
        fields = ["event", "language", "words", "answer"]
        widgets = {"answer": forms.Textarea(attrs={"rows": 3})}

    def clean_words(self) -> str:
        phrases = [" ".join(phrase.split()) for phrase in self.cleaned_data["words"].split(",")]
        if strange := [phrase for phrase in phrases if phrase and not stems(phrase)]:
            raise ValidationError(_("No text holds “%(phrase)s”; write words or numbers.") % {"phrase": strange[0]})
        if everywhere := [phrase for phrase in phrases if phrase and {*stems(phrase)} <= function_words()]:
            said = _("“%(phrase)s” is in many texts. Write a word that only this question has, such as “wifi”.")
            raise ValidationError(said % {"phrase": everywhere[0]})
        return ", ".join(dict.fromkeys(filter(None, phrases)))

    def clean_answer(self) -> str:
        return plain(" ".join(self.cleaned_data["answer"].split()))

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if {"event", "language", "words"} <= cleaned.keys():
            event, language, words = cleaned["event"], cleaned["language"], cleaned["words"]
            self._refuse_language(event, language)
            self._refuse_taken_words(event, language, words)
        return cleaned

    def _refuse_language(self, event: Event, language: str) -> None:
        if language and language not in event.languages:
            names = ", ".join(str(name) for code, name in settings.LANGUAGES if code in event.languages)
            said = _("%(event)s answers only in: %(languages)s. Choose one of these, or add the language to the event.")
            self.add_error("language", said % {"event": event.name, "languages": names})

    def _refuse_taken_words(self, event: Event, language: str, words: str) -> None:
        """Refuse words that another question of the event has in the same language, because only one of the two answers
        would ever be given."""
        others = FrequentQuestion.objects.filter(event=event, language=language).exclude(pk=self.instance.pk)
        taken = {stems(phrase): other for other in others for phrase in other.words.split(",")}
        for phrase in words.split(","):
            if other := taken.get(stems(phrase)):
                said = _("“%(phrase)s” is answered already: “%(answer)s” Change that answer, or leave this word out.")
                self.add_error("words", said % {"phrase": phrase.strip(), "answer": other.answer})


class WordingForm(LiveForm):
    """A form with one visible field, the text. The event, the sentence and the language come from the page's
    address."""

    fixed = ("event", "key", "language")

    class Meta:
        model = Wording
        fields = ["event", "key", "language", "text"]
        widgets = {
            "event": forms.HiddenInput,
            "key": forms.HiddenInput,
            "language": forms.HiddenInput,
            "text": forms.Textarea(attrs={"rows": 3, "data-sentence": "sentence", "autofocus": True}),
        }

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if key not in SENTENCES:
            raise ValidationError(_("There is no such sentence; choose one from the list."))
        return key

    def clean_language(self) -> str:
        language: str = self.cleaned_data["language"]
        if language not in dict(settings.LANGUAGES):
            raise ValidationError(_("Nothing is said in this language; choose a sentence from the list."))
        return language

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data
        if {"event", "key", "language", "text"} <= cleaned.keys():
            text = " ".join(cleaned["text"].split())
            draft = OwnSentence.of(SENTENCES[cleaned["key"]], cleaned["event"], cleaned["language"])
            if faults := list(draft.faults(text)):
                raise ValidationError({"text": faults})
            cleaned["text"] = plain(text)
        return cleaned
