"""The languages that are understood; a further one is a further module of data in this folder."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

from orders.parser.languages.language import Language


def found() -> Iterator[Language]:
    """The `Language` of every module here, English first."""
    names = sorted(
        (module.name for module in pkgutil.iter_modules(__path__)), key=lambda name: (name != "english", name)
    )
    for name in names:
        module = importlib.import_module(f"{__name__}.{name}")
        yield from (value for value in vars(module).values() if isinstance(value, Language))


LANGUAGES: dict[str, Language] = {language.code: language for language in found()}

__all__ = ["LANGUAGES", "Language"]
