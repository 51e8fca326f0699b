"""The languages that are understood; a further one is a further module of data."""

from orders.parser.languages.english import ENGLISH
from orders.parser.languages.language import Language

LANGUAGES: dict[str, Language] = {language.code: language for language in (ENGLISH,)}

__all__ = ["LANGUAGES", "Language"]
