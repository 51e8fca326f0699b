"""The admin's forms for an event's frequent questions and for its own wording of a sentence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.live_forms import ANOTHER, LiveForm
from orders.parser.words import stems
from sms.models import FrequentQuestion, Wording
from sms.replies.gsm7 import plain
from sms.rewording.limits import OwnSentence
from sms.wording.sentences import SENTENCES


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
        return ", ".join(filter(None, phrases))

    def clean_answer(self) -> str:
        return plain(" ".join(self.cleaned_data["answer"].split()))


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
