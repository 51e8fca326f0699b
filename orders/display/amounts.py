"""Amounts of an option in words."""

from __future__ import annotations

from orders.parser.languages import DEFAULT, LANGUAGES

_VOWELS = frozenset("aeiouyhàâæéèêëîïôœù")


def with_amount(amount: str, name: str, language: str) -> str:
    """Return the amount and the name: "2 sugar", "peu de mousse"; before a vowel, "peu d'avoine"."""
    elided = LANGUAGES.get(language, LANGUAGES[DEFAULT]).elided.split()
    if amount and amount.split()[-1] in elided and name[:1].casefold() in _VOWELS:
        return f"{amount[:-1]}'{name}"
    return f"{amount} {name}".strip()
