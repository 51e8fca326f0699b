"""Words for an option with its amount."""

from __future__ import annotations

from orders.parser.languages import DEFAULT, LANGUAGES

_VOWELS = frozenset("aeiouyhàâæéèêëîïôœù")


def with_amount(amount: str, name: str, language: str) -> str:
    """Return the option's name with its amount, such as "2 sugar" or "peu de mousse".

    French shortens the amount before a vowel: "peu d'avoine", not "peu de avoine"."""
    elided = LANGUAGES.get(language, LANGUAGES[DEFAULT]).elided.split()
    if amount and amount.split()[-1] in elided and name[:1].casefold() in _VOWELS:
        return f"{amount[:-1]}'{name}"
    return f"{amount} {name}".strip()
