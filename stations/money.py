"""Amounts of money: whole numbers of a currency's smallest unit, such as cents, so that no sum is ever rounded."""

from __future__ import annotations

import re

#: Currencies that events can take, each with two decimals (ISO 4217).
CURRENCIES = (
    *("EUR", "USD", "GBP", "CHF", "AUD", "BRL", "CAD", "CZK", "DKK", "HKD"),
    *("MXN", "NOK", "NZD", "PLN", "RON", "SEK", "SGD", "ZAR"),
)
#: The highest price of a drink or an option: 999.99.
HIGHEST = 99_999
_PRICE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?", re.ASCII)


def decimals(amount: int) -> str:
    """Write an amount with two decimals: 350 → "3.50"."""
    return f"{amount // 100}.{amount % 100:02}"


def spoken_amount(amount: int, currency: str) -> str:
    return f"{decimals(amount)} {currency}"


def minor_units(text: str) -> int | None:
    """Read a price: "3.5" → 350. Return None if the text is no price."""
    found = _PRICE.fullmatch(text.strip())
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None
