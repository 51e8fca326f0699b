"""The languages that are understood; a further one is a further module of data in this folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from types import ModuleType

from orders.parser.languages.language import Language


def found() -> Iterator[Language]:
    """The `Language` that every module of words here is, English first."""
    names = {module.name for module in pkgutil.iter_modules(__path__)} - {"language"}
    for name in sorted(names, key=lambda name: (name != "english", name)):
        yield _of(importlib.import_module(f"{__name__}.{name}"))


def _of(module: ModuleType) -> Language:
    """What the module calls PHRASES are its `phrases`, and so on."""
    given = {field.name: field.name.upper() for field in fields(Language)}
    return Language(**{name: getattr(module, said) for name, said in given.items() if hasattr(module, said)})


LANGUAGES: dict[str, Language] = {language.code: language for language in found()}

__all__ = ["LANGUAGES", "Language"]
