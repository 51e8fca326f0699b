"""Amounts of money, stored as whole numbers of the currency's smallest unit, such as cents, so that sums are exact."""

from __future__ import annotations

import re

#: Currencies that an event can use. Each has two decimals (ISO 4217).
CURRENCIES = (
    *("EUR", "USD", "GBP", "CHF", "AUD", "BRL", "CAD", "CZK", "DKK", "HKD"),
    *("MXN", "NOK", "NZD", "PLN", "RON", "SEK", "SGD", "ZAR"),
)
#: The highest price of a drink or an option: 999.99, in the smallest unit.
HIGHEST = 99_999
_PRICE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))?", re.ASCII)


def decimals(amount: int) -> str:
    """Return an amount as text with two decimals, such as "3.50" for 350."""
    return f"{amount // 100}.{amount % 100:02}"


def spoken_amount(amount: int, currency: str) -> str:
    return f"{decimals(amount)} {currency}"


def minor_units(text: str) -> int | None:
    """Return the amount for a typed price, such as 350 for "3.5". Return None if the text is not a price."""
    found = _PRICE.fullmatch(text.strip())
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None
