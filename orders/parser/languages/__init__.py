"""The languages in which texts are read. Each language is a module or package of constants in this folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from types import ModuleType

from orders.parser.languages.language import Language

#: The language of the names on the menu. It is also used for texts whose language is not clear.
DEFAULT = "en"


def languages_here() -> Iterator[Language]:
    """Yield a `Language` for each module in this folder, the default language first."""
    names = {module.name for module in pkgutil.iter_modules(__path__)} - {"language"}
    every = [_of(importlib.import_module(f"{__name__}.{name}")) for name in sorted(names)]
    yield from sorted(every, key=lambda language: (language.code != DEFAULT, language.code))


def _of(module: ModuleType) -> Language:
    """Return the Language made of a module's constants. The constant PHRASES becomes the field `phrases`, and so on."""
    given = {field.name: field.name.upper() for field in fields(Language)}
    return Language(**{name: getattr(module, said) for name, said in given.items() if hasattr(module, said)})


LANGUAGES: dict[str, Language] = {language.code: language for language in languages_here()}

__all__ = ["DEFAULT", "LANGUAGES", "Language"]
