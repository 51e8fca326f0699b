"""The languages that are understood; a further one is a further module of data in this folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from types import ModuleType

from orders.parser.languages.language import Language

#: What a text is read in where none of its words tells, and the language of a menu's own names.
DEFAULT = "en"


def languages_here() -> Iterator[Language]:
    """A `Language` for each module in this folder, the default first."""
    names = {module.name for module in pkgutil.iter_modules(__path__)} - {"language"}
    every = [_of(importlib.import_module(f"{__name__}.{name}")) for name in sorted(names)]
    yield from sorted(every, key=lambda language: (language.code != DEFAULT, language.code))


def _of(module: ModuleType) -> Language:
    """Reads the field `phrases` from the module's PHRASES, and so on."""
    given = {field.name: field.name.upper() for field in fields(Language)}
    return Language(**{name: getattr(module, said) for name, said in given.items() if hasattr(module, said)})


LANGUAGES: dict[str, Language] = {language.code: language for language in languages_here()}

__all__ = ["DEFAULT", "LANGUAGES", "Language"]
