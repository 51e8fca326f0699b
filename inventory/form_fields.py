"""Form fields of the menu whose values are typed as a list: words, allergens, layers of a cup, translations."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.menu import ALLERGENS, LAYERS, MOST_LAYERS
from inventory.menu_file import LANGUAGE, WORD_LENGTH, tidy


class TypedListField(forms.CharField, ABC):
    """Base class of form fields for a list or a dictionary that is typed as text.

    In subclasses, `written` converts a value to text, and `meaning` converts text to a value or raises
    ValidationError."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False} | kwargs)

    def written(self, value: Any) -> str:
        return ", ".join(value)

    @abstractmethod
    def meaning(self, text: str) -> Any: ...

    def prepare_value(self, value: Any) -> Any:
        return self.written(value) if isinstance(value, list | Mapping) else value

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, list | Mapping) else self.meaning(value or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class LinesField(TypedListField):
    """A list of words, one on each line."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 26})

    def __init__(self, **kwargs: Any) -> None:
        hint = gettext_lazy("Other words that customers may text for it, one per line.")
        super().__init__(**{"label": gettext_lazy("Other words"), "help_text": hint} | kwargs)

    def written(self, value: Any) -> str:
        return "\n".join(value)

    def meaning(self, text: str) -> list[str]:
        return _words(text.splitlines())


class AllergensField(TypedListField):
    """Allergens, separated by commas. Empty means that the contents are not stated; "nothing" means no allergens."""

    NOTHING = "nothing"

    def written(self, value: Any) -> str:
        return super().written(value) or self.NOTHING

    def meaning(self, text: str) -> list[str] | None:
        words = [word.lower() for word in _words(re.split(r"[,;\n]", text))]
        for word in words:
            if word not in (*ALLERGENS, self.NOTHING):
                raise ValidationError(
                    _("“%(word)s” is not known here; write some of %(known)s, or nothing."),
                    params={"word": word, "known": ", ".join(ALLERGENS)},
                )
        return [word for word in words if word != self.NOTHING] if words else None


class LayersField(TypedListField):
    """The layers of a cup, separated by commas. A layer can be listed more than once."""

    def meaning(self, text: str) -> list[str] | None:
        layers = [word.lower() for word in map(tidy, re.split(r"[,;\n]", text)) if word]
        for layer in layers:
            if layer not in LAYERS:
                raise ValidationError(
                    _("“%(word)s” is not known here; write some of %(known)s."),
                    params={"word": layer, "known": ", ".join(LAYERS)},
                )
        if len(layers) > MOST_LAYERS:
            raise ValidationError(_("These are too many layers; %(most)d are the most."), params={"most": MOST_LAYERS})
        return layers or None


class TranslationsField(TypedListField):
    """Words in other languages, one language on each line: "de: Hafer, Hafermilch"."""

    widget = forms.Textarea(attrs={"rows": 2, "cols": 26})

    def __init__(self, **kwargs: Any) -> None:
        hint = gettext_lazy(
            "One language per line, such as de: Hafer, Hafermilch. Pages and texts show the first word."
        )
        super().__init__(**{"help_text": hint} | kwargs)

    def written(self, value: Any) -> str:
        return "\n".join(f"{language}: {', '.join(words)}" for language, words in value.items())

    def meaning(self, text: str) -> dict[str, list[str]]:
        return dict(_translation(line) for line in text.splitlines() if line.strip())


def _translation(line: str) -> tuple[str, list[str]]:
    language, colon, words = line.partition(":")
    found = _words(re.split(r"[,;]", words))
    if not colon or not LANGUAGE.fullmatch(language.strip()) or not found:
        raise ValidationError(
            _("“%(line)s” cannot be read; write the language, a colon and the words, such as de: Hafer, Hafermilch."),
            params={"line": line.strip()},
        )
    return language.strip(), found


def _words(raw: Iterable[str]) -> list[str]:
    """Return the words with single spaces, without empty and repeated words. Raise ValidationError if a word is too
    long."""
    words: dict[str, str] = {}
    for word in filter(None, map(tidy, raw)):
        if len(word) > WORD_LENGTH:
            raise ValidationError(
                _("“%(word)s…” is too long; %(limit)d characters are the most."),
                params={"word": word[:20], "limit": WORD_LENGTH},
            )
        words.setdefault(word.casefold(), word)
    return list(words.values())
